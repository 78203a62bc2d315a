"""Personal data in a sheet: told by headers and labels, by columns, and by single cells."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from dashboard.intake.person_names import (
    are_places,
    is_likely_name,
    is_name,
    is_surely_name,
    look_like_names,
)
from dashboard.intake.personal import (
    ACCOUNT,
    ADDRESS,
    BIRTH,
    CARD,
    CHART,
    DIAGNOSIS,
    EMAIL,
    FOREIGNER,
    NAME,
    PASSPORT,
    PHONE,
    RRN,
    find_personal,
    is_birth_and_sex,
    is_landline,
    masked,
)
from dashboard.intake.plain_spelling import plain
from dashboard.intake.sheets import Line
from dashboard.intake.values import in_calendar, number, partial_date

_WHO = (
    "환자|고객|수진자|수검자|내원자|진료자|피보험자|보호자|본인|신청자|신청인|대상자|참가자|참석자|참여자|방문자|"
    "이용자|회원|예약자|의뢰인|담당자|담당의사|담당의|주치의|집도의|의사|간호사|통역사|통역|코디네이터|작성자|보고자|"
    "책임자|가족|배우자|동반자|신고인|수령인|예금주|외국인|여권상|여권|개인|patients?|clients?|customers?|guests?|"
    "guardians?|visitors?|members?|contacts?|doctors?|physicians?|coordinators?|interpreters?|"
    "participants?|insured|emergency|personal|pts?|pax|escorts?|with|인솔|인솔자|동행"
)
_SPELLING = (
    "한글|영문|영어|국문|국어|한자|현지어|로마자|여권|풀|english|eng|en|korean|kor|kr|ko|latin|roman|local|native|"
    "passport|hangul"
)
_NO = "번호|넘버|number|num|no|id|코드|code"
_RULES: tuple[tuple[str, str], ...] = (
    (
        NAME,
        rf"(?:{_WHO}|{_SPELLING})*(?:성명|성함|존함|네임)(?:{_SPELLING})*"
        rf"|(?:{_WHO})+(?:{_SPELLING})*(?:이름|명|name|names)(?:{_SPELLING})*"
        rf"|(?:{_SPELLING})+이름|(?:full|first|last|middle|family|given|legal|english|korean|passport)+names?"
        rf"(?:{_SPELLING})*|surname|forename|фио|фамилия|имя|отчество|фамилияимя(?:отчество)?|имяпациента"
        r"|姓名|患者姓名|患者名|氏名|お名前|フリガナ|中文名|họ(?:và)?tên|hoten|hovaten|예금주|пациент(?:ка)?|овогнэр|овог|нэр"
        r"|ชอ(?:สกล|นามสกล)?|اسمالمريض|الاسم(?:الكامل)?|اسم",
    ),
    (
        RRN,
        r"(?:주민|주민등록|주민외국인|실명|신분증|주민등록외국인등록)(?:등록)?(?:번호|no)(?:앞자리|뒷자리|앞\d자리|\d+자리)?"
        r"|주민등록|주민번호앞뒤|residentregistration(?:number|no)|residentid|rrn|nationalid(?:number|no)?|身份证号?码?",
    ),
    (
        FOREIGNER,
        r"외국인(?:등록)?번호|국내거소(?:신고)?번호|거소번호|alienregistration(?:number|no|card)?|arc(?:number|no)"
        r"|foreignerregistration(?:number|no)",
    ),
    (
        PASSPORT,
        rf"(?:{_WHO})*여권(?:{_NO})|여권|passports?(?:{_NO})?|(?:номер)?паспорта?|护照号?码?|护照|旅券番号|パスポート(?:番号)?",
    ),
    (
        PHONE,
        rf"(?:{_WHO}|휴대|이동|자택|집|비상|긴급|국내|국외|해외|현지|무선|유선|일반|home|cell|mobile|work)*"
        r"(?:전화|전화번호|연락|연락처|연락번호|연락망|휴대폰|휴대전화|휴대번호|핸드폰|폰|모바일|hp|tel|telephone|phone|mobile|cell|cellphone"
        r"|mobilephone|whatsapp|wechat|위챗|카카오톡|kakao|телефон|утас|联系电话|电话|手机|電話|điệnthoại|โทรศพท|الهاتف)(?:번호|number|no|号码?|番号|id)?\d?",
    ),
    (
        EMAIL,
        rf"(?:{_WHO})*(?:이메일|전자우편|전자메일|메일|email|mail|почта|邮箱)(?:주소|address|адрес)?",
    ),
    (
        BIRTH,
        rf"(?:{_WHO})*(?:생년월일|생일|출생일|출생일자|출생년월일|출생연월일|생년월)(?:\d자리)?"
        r"|(?:date)?(?:of)?birth(?:date|day|dt)?|dob|born(?:on)?|датарождения|төрсөногноо|出生日期|生年月日|ngàysinh"
        r"|ngaysinh|วนเกด|تاريخالميلاد",
    ),
    (
        CHART,
        rf"(?:차트|챠트|병록|원무|의무기록|진료기록|환자|환자등록|수진자|고객|병원등록|원내)(?:{_NO})|환자등록"
        rf"|(?:chart|mrn|medicalrecord|patients?|hospitalpatient|hn)(?:{_NO})|mrn|chart|номеркарты|病历号",
    ),
    (
        ADDRESS,
        rf"(?:(?:{_WHO})|자택|거주지|집|현|국내|본국|체류지|실거주지?|주민등록|우편|배송지)+주소\d?|거주지|체류지|숙소"
        r"|(?:home|mailing|residential|postal|billing)address|residence|адрес|家庭住址",
    ),
    (
        ACCOUNT,
        r"(?:환불|입금|지급|은행|급여|수령)*계좌(?:번호|no)?|통장번호|(?:bank)?account(?:number|no)|bankaccount|(?:beneficiary)?iban",
    ),
    (CARD, r"(?:신용|체크|결제)?카드(?:번호|no)|(?:credit|debit)?card(?:number|no)|creditcard"),
)
_STRONG = tuple((rule, re.compile(pattern)) for rule, pattern in _RULES)
_MAYBE_NAME = re.compile(
    rf"이름|명|names?|(?:{_WHO})(?:{_SPELLING})*|대표자명?|원장명?|작성|담당|通訳|name(?:{_SPELLING})+|이름(?:{_SPELLING})+"
)
_MAYBE_CHART = re.compile(rf"(?:등록|접수|진료|관리|registration|record)(?:{_NO})")
_MAYBE_ADDRESS = re.compile(r"주소\d?|상세주소|도로명주소|지번주소|address\d?")
_DIAGNOSIS = re.compile(
    r"진단명?|진단코드|병명|주?상병(?:명|코드)?|질환명?|질병(?:명|코드|분류)?|주호소|병력|수술명|시술명|처방|(?:kcd|icd)\d*(?:코드|code)?"
    r"|(?:primary|main)?diagnos[ie]s|dx|диагноз|诊断|онош|chẩnđoán"
)
_PERSON_TRAIT = re.compile(
    r"나이|연령|만나이|age|성별|sex|gender|출생연도|출생년도|생년|birthyear|yearofbirth"
)
_COMPANY = re.compile(
    r"법인(?:등록)?번호|사업자(?:등록)?번호|법인|corporat\w*(?:number|no)|business(?:registration)?(?:number|no)"
)
_OFFICE_PHONE = re.compile(
    r"(?:대표|기관|병원|의료기관|센터|사무실|부서|고객센터|콜센터|안내|office|main|switchboard|helpline|hotline)+"
    r"(?:전화|전화번호|번호|연락처|phone|telephone|tel|number|phonenumber)+|대표전화|대표번호|콜센터"
)
_INSTITUTION = re.compile(
    r"(?:의료)?기관명?|병원명?|의원명|상호명?|업체명?|회사명?|법인명|유치기관명?|점포명|시설명|호텔명|institution|hospital|clinic|company|operator"
)
_LABELS_WITHIN = 40
"""Lines from the top in which headers are looked for."""
_HEADER_ROWS = 3
"""Rows of headers at most, titles left out; what stands below is a value."""
_REMARK = re.compile(r"비고|메모|특이사항|참고|기타사항|요청사항|notes?|remarks?|comments?|memo")
"""Headers of free text, where a number alone is no figure."""
_MOST = 0.8
_FEWEST = 3


@dataclass(frozen=True)
class Place:
    """Something personal in a sheet."""

    line: int
    column: int
    """Counted from 0."""
    title: str
    """Header of the column; empty where the cell alone says it."""
    rule: str
    value: str
    """Masked."""


def rule_of_header(header: str) -> str | None:
    """The rule that a header alone breaks once its column has fitting values."""
    for word in _folded(header):
        for rule, pattern in _STRONG:
            if pattern.fullmatch(word):
                return rule
    return None


def search_sheet(lines: Sequence[Line], read: Collection[int] = ()) -> Iterator[Place]:
    """All that is personal in a sheet, read or not.

    Args:
        lines: all lines of the sheet, those above the header included.
        read: places of the columns that are read as codes, dates or numbers, so that words in them
            are no names; their headers and single cells are looked at all the same.
    """
    lines = [Line(line.number, tuple(map(plain, line.cells))) for line in lines]
    titles = _titles(lines)
    words = [word for _line, title in titles.values() for word in _folded(title)]
    is_of_institutions = any(_INSTITUTION.fullmatch(word) for word in words)
    about_columns: list[Place] = []
    width = max((len(line.cells) for line in lines), default=0)
    for column in range(width):
        start, title = titles.get(column, (0, ""))
        values = [line.cells[column] for line in lines[start:] if column < len(line.cells)]
        rule = _rule_of_column(title, values, column in read, is_of_institutions)
        if rule:
            first = next(value.strip() for value in values if value.strip())
            at = lines[max(start - 1, 0)].number
            about_columns.append(Place(at, column, title, rule, masked(first)))
    yield from about_columns
    yield from _with_diagnoses(lines, titles, bool(about_columns))
    yield from _cells(lines, titles)


def _cells(lines: Sequence[Line], titles: Mapping[int, tuple[int, str]]) -> Iterator[Place]:
    companies = {column for column, (_at, title) in titles.items() if _any(_COMPANY, title)}
    offices = {column for column, (_at, title) in titles.items() if _any(_OFFICE_PHONE, title)}
    remarks = {column for column, (_at, title) in titles.items() if _any(_REMARK, title)}
    for line, below in zip_longest(lines, lines[1:], fillvalue=Line(0, ())):
        for column, cell in enumerate(line.cells):
            if column in remarks and _lost_its_zero(cell.strip()):
                yield Place(line.number, column, "", PHONE, masked(cell.strip()))
            if column in remarks and cell.isascii() and is_surely_name(cell):
                yield Place(line.number, column, "", NAME, masked(cell.strip()))
            if not cell or (cell.isdecimal() and len(cell) < 9):
                continue
            for rule, value in find_personal(cell):
                if rule in (RRN, FOREIGNER) and column in companies:
                    continue
                if rule == NAME and rule_of_header(cell):
                    continue  # `성명*` is no masked name
                left = line.cells[column - 1] if column else ""
                is_office = column in offices or _any(_OFFICE_PHONE, left)
                if rule == PHONE and is_landline(cell) and (is_office or _says_office(cell)):
                    continue
                yield Place(line.number, column, "", rule, value)
        yield from _beside_labels(line)
        yield from _across(line, below)


def _says_office(cell: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:대표전화|대표번호|대표|콜센터|고객센터|main office)\W", cell, re.IGNORECASE
        )
    )


def _beside_labels(line: Line) -> Iterator[Place]:
    """`성명 | 홍길동`: a form within the sheet, where the label stands left of the value."""
    for column, (label, value) in enumerate(zip(line.cells, line.cells[1:], strict=False)):
        if not value or not 1 < len(label) < 30 or label[0].isdigit() or rule_of_header(value):
            continue
        rule = rule_of_header(label)
        if rule is None and _any(_MAYBE_NAME, label) and is_surely_name(value):
            rule = NAME
        if rule == NAME and not is_likely_name(value):
            continue
        if rule is not None and _fits(rule, [value]):
            yield Place(line.number, column + 1, label.strip(), rule, masked(value.strip()))


def _across(line: Line, below: Line) -> Iterator[Place]:
    """A row of names, such as persons as headers; two are enough above numbers alone."""
    named = [place for place, cell in enumerate(line.cells) if is_surely_name(cell.strip())]
    filled = sum(bool(cell.strip()) for cell in line.cells)
    distinct = len({line.cells[place] for place in named})
    is_header = distinct == filled - 1 and all(
        number(below.cells[place]) is not None for place in named if place < len(below.cells)
    )
    fewest = 2 if is_header and len(below.cells) == len(line.cells) else _FEWEST
    if distinct >= fewest and len(named) >= _MOST * (filled - 1):
        yield Place(line.number, named[0], "", NAME, masked(line.cells[named[0]].strip()))


def _titles(lines: Sequence[Line]) -> dict[int, tuple[int, str]]:
    """For each column the lowest cell near the top that is known as a header of persons' data.

    Where none is, the first cell that is text. Place → (index of the line below it, its text).
    """
    found: dict[int, tuple[int, str]] = {}
    plain: dict[int, tuple[int, str]] = {}
    above: Counter[int] = Counter()
    for place, line in enumerate(lines[:_LABELS_WITHIN], 1):
        is_row = sum(bool(one.strip()) for one in line.cells) > 1  # else a title
        for column, cell in enumerate(line.cells):
            text = cell.strip()
            if not text:
                continue
            above[column] += is_row
            if len(text) > 40 or above[column] > _HEADER_ROWS:
                continue
            if column not in found and _is_label(text):
                found[column] = (place, text)
            elif column not in plain and is_row:
                plain[column] = (place, text)
    return {column: at for column, at in plain.items() if not is_surely_name(at[1])} | found


def names_in_title(title: str) -> Iterator[str]:
    """Names of persons in the name of a file or sheet, masked: as a whole, or one of its words."""
    for part in dict.fromkeys(
        (title, *re.split(r"[_,]+|\s-\s", title), *re.split(r"[\W_]+", title))
    ):
        if is_surely_name(part):
            yield masked(part)
            return


@lru_cache(65_536)
def _is_label(text: str) -> bool:
    if rule_of_header(text):
        return True
    others = (_MAYBE_CHART, _MAYBE_ADDRESS, _DIAGNOSIS, _COMPANY, _OFFICE_PHONE)
    return any(_any(pattern, text) for pattern in others)


def _rule_of_column(
    title: str, values: Sequence[str], is_read: bool, is_of_institutions: bool
) -> str | None:
    filled = [value.strip() for value in values if value.strip()]
    if not filled or _any(_COMPANY, title) or _any(_OFFICE_PHONE, title):
        return None
    rule = rule_of_header(title)
    if rule == NAME and are_places(filled):
        return None
    if rule is not None and _fits(rule, filled):
        return rule
    if not is_read:
        if _any(_MAYBE_NAME, title) and sum(map(is_name, filled)) * 2 >= len(filled):
            return NAME
        if not is_of_institutions and _any(_MAYBE_CHART, title) and _fits(CHART, filled):
            return CHART
        if not is_of_institutions and _any(_MAYBE_ADDRESS, title) and _fits(ADDRESS, filled):
            return ADDRESS
        return rule_of_values(filled)
    return None


def rule_of_values(filled: Sequence[str]) -> str | None:
    """What personal data a column is that nobody reads, by its values alone, blanks left out."""
    if look_like_names(filled):
        return NAME
    several = set(filled)
    if len(several) < _FEWEST:
        return None
    for rule, test in ((RRN, is_birth_and_sex), (PHONE, _lost_its_zero), (BIRTH, _is_birthday)):
        if sum(map(test, filled)) >= _MOST * len(filled) and len(several) > len(filled) / 3:
            is_foreign = rule == RRN and all(value[6:7] in "5678" for value in filled)
            return FOREIGNER if is_foreign else rule
    return None


def _lost_its_zero(value: str) -> bool:
    """A mobile number in a number cell: 1012345678."""
    return bool(re.fullmatch(r"(?:82)?10[1-9]\d{7}(?:\.0)?", value)) and not re.search(
        r"000(?:\.0)?$", value
    )


def _is_birthday(value: str) -> bool:
    """A whole day before 2006: no date of the programme, which began in 2009, is that old."""
    day = partial_date(value)
    return day is not None and len(day) == 10 and in_calendar(day) and "1920" < day < "2006"


def _fits(rule: str, filled: Sequence[str]) -> bool:
    """Whether values can be what the header says, so that a count of them is not taken for it."""
    fewest = {PHONE: 7, ACCOUNT: 8, CARD: 12, RRN: 6, FOREIGNER: 6, BIRTH: 6, PASSPORT: 5, CHART: 3}
    for value in filled[:200]:
        marks = sum(character.isdigit() or character in "*○●xX" for character in value)
        if rule in (NAME, ADDRESS) and sum(character.isalpha() for character in value) > 1:
            return True
        if rule == EMAIL and (not value.isascii() or "@" in value or not value.isdigit()):
            return True
        if rule in fewest and marks >= fewest[rule]:
            return True
        if rule == BIRTH and re.search(r"\d\W+\d{1,2}\W+\d|\d [A-Za-z]{3}", value):
            return True
    return False


def _with_diagnoses(
    lines: Sequence[Line], titles: Mapping[int, tuple[int, str]], has_persons: bool
) -> Iterator[Place]:
    """Diagnoses of single persons: beside what names one, or beside both age and sex."""
    words = {word for _at, title in titles.values() for word in _folded(title)}
    traits = sum(bool(_PERSON_TRAIT.fullmatch(word)) for word in words)
    if not has_persons and traits < 2:
        return
    for column, (start, title) in titles.items():
        if _any(_DIAGNOSIS, title):
            values = [line.cells[column] for line in lines[start:] if column < len(line.cells)]
            first = next((value.strip() for value in values if value.strip()), "")
            if first and not first.replace(",", "").isdecimal():
                yield Place(lines[start - 1].number, column, title, DIAGNOSIS, masked(first))


def _any(pattern: re.Pattern[str], header: str) -> bool:
    return any(pattern.fullmatch(word) for word in _folded(header))


@lru_cache(65_536)
def _folded(header: str) -> tuple[str, ...]:
    """The spellings of a header: as a whole, without its brackets, and each of several in one.

    Only letters and digits stay: Thai loses its vowel signs, which are marks.
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    if not text.strip() or len(text) > 60:
        return ()
    bare = re.sub(r"[(\[{<〔【][^)\]}>〕】]*[)\]}>〕】]?", " ", text)
    parts = [text, bare, *re.split(r"[/,&·+\n]", bare)]
    words = (re.sub(r"[\W_]+", "", part) for part in parts)
    trimmed = (
        re.sub(r"(?:필수|선택|기재|입력|required|optional)$|^\d+", "", word) for word in words
    )
    return tuple(dict.fromkeys(word for word in trimmed if word))
