"""Personal data in a file: found in any cell, named by its place, never repeated in full.

Korean resident and foreigner registration numbers: six digits that are a date, a digit for sex and
century, six more. The thirteenth is a check digit, weights 2 3 4 5 6 7 8 9 2 3 4 5, 11 minus the
remainder by 11, last digit of that; for foreigners 13 minus it. Numbers given out since October
2020 have none, so it only decides where no hyphen tells the number from an amount of money.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from dashboard.intake.codes import folded
from dashboard.intake.values import in_calendar

_NUMBER = re.compile(r"(?<![\d.,])(\d{6})(\s?[-–‑]\s?|)([1-8])(\d{6}|[\d*xX○●]{6})(?![\d.,]\d|\d)")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9\-])(?:[MSRODG]\d{3}[A-Z]\d{4}|[A-Z]\d{8}|[A-Z]{2}\d{7})(?![A-Za-z0-9\-])"
)
_SEPARATOR = r"[-.\s)–‑]{1,2}"
_PHONE = re.compile(
    r"(?<![\d.,\-+])(?:"
    rf"\(?01[016789](?:{_SEPARATOR})?\d{{3,4}}(?:{_SEPARATOR})?\d{{4}}"
    rf"|\(?0(?:2|[3-6][1-5]|70|50\d|80){_SEPARATOR}\d{{3,4}}{_SEPARATOR}\d{{4}}"
    r")(?![\d.,]\d|\d)"
    r"|\+\d{1,3}[-.\s)(]{0,2}\d(?:[-.\s()]{0,2}\d){6,12}(?!\d)"
    r"|(?<!\d)82[-.\s]{1,2}0?10[-.\s]{0,2}\d{4}[-.\s]{0,2}\d{4}(?!\d)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_WORTH_A_LOOK = re.compile(r"[@＠]|\d{6}|\d[-.\s)–‑]+\d|[A-Z]\d{3}[A-Z]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－＠", "0123456789-@")

_PERSON_HEADERS = frozenset(
    folded(word)
    for word in (
        "성명", "성함", "환자명", "환자성명", "환자 이름", "고객명", "수진자명", "수검자명",
        "patient name", "full name", "first name", "last name", "surname", "given name", "영문성명",
        "한글성명", "참가자명", "참석자명", "담당자 성명", "보호자명",
    )
)  # fmt: skip
_NAME_HEADERS = frozenset(folded(word) for word in ("이름", "name", "names", "담당자", "담당자명"))
_NUMBER_HEADERS = {
    "personal-rrn": ("주민등록번호", "주민번호", "resident registration number", "rrn"),
    "personal-foreigner": ("외국인등록번호", "alien registration number", "arc number"),
    "personal-passport": ("여권번호", "passport", "passport number", "passport no"),
    "personal-phone": ("전화번호", "휴대폰", "휴대전화", "연락처", "휴대폰번호", "핸드폰", "phone",
                       "mobile", "telephone", "phone number"),
    "personal-email": ("이메일", "전자우편", "메일주소", "email", "e-mail"),
}  # fmt: skip
_BY_HEADER = {
    folded(word): rule for rule, words in _NUMBER_HEADERS.items() for word in words
} | dict.fromkeys(_PERSON_HEADERS, "personal-name")

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원"
    "천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용나"
)
_KOREAN_NAME = re.compile(
    rf"(?:[{_SURNAMES}][가-힣]{{2}}|(?:남궁|황보|제갈|선우|독고)[가-힣]{{1,2}})"
)
_NO_NAME = re.compile(r".*[구시군읍면과실팀부사률액치별간년적]")
_MOST = 0.6
_FEWEST = 3


def find_personal(text: str) -> Iterator[tuple[str, str]]:
    """What in a text is personal: rule and masked value. Nothing for ordinary figures and dates."""
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if not _WORTH_A_LOOK.search(text):
        return
    for found in _EMAIL.finditer(text):
        yield "personal-email", masked(found[0])
    for found in _NUMBER.finditer(text):
        if _is_registration(found):
            rule = "personal-rrn" if found[3] in "1234" else "personal-foreigner"
            yield rule, masked(found[0])
    for found in _PHONE.finditer(text):
        yield "personal-phone", masked(found[0])
    for found in _PASSPORT.finditer(text):
        yield "personal-passport", masked(found[0])


def rule_of_header(header: str, is_mapped: bool) -> str | None:
    """The rule that a header alone breaks once its column has values."""
    found = _BY_HEADER.get(folded(header))
    if found is None and not is_mapped and folded(header) in _NAME_HEADERS:
        return "personal-name"
    return found


def look_like_names(values: Iterable[str]) -> bool:
    """Whether most of the values are names of Koreans: three syllables, the first a surname.

    Words of offices that look alike (`강남구`, `신경과`) are told by how they end; a list of few
    values that come again and again is no list of persons.
    """
    filled = [value.strip() for value in values if value.strip()]
    named = {value for value in filled if _KOREAN_NAME.fullmatch(value)}
    likely = {value for value in named if not _NO_NAME.fullmatch(value)}
    if len(likely) < _FEWEST or len(likely) * 2 < len(named):
        return False
    share = sum(value in named for value in filled) / len(filled)
    return share >= _MOST and len(named) >= len(filled) / 3


def masked(value: str) -> str:
    """The first two characters; the rest only by its length."""
    return value[:2] + "*" * min(len(value) - 2, 12)


def first_of(values: Sequence[str]) -> str:
    """The first value that is not blank, masked."""
    return next((masked(value.strip()) for value in values if value.strip()), "")


def _is_registration(found: re.Match[str]) -> bool:
    birth, hyphen, sex, rest = found.groups()
    century = "19" if sex in "1256" else "20"
    if not in_calendar(f"{century}{birth[:2]}-{birth[2:4]}-{birth[4:]}"):
        return False
    if hyphen.strip() or not rest.isdigit():
        return True
    digits = birth + sex + rest
    remainder = sum(int(a) * b for a, b in zip(digits, _WEIGHTS, strict=False)) % 11
    base = 11 if sex in "1234" else 13
    return int(digits[12]) == (base - remainder) % 10
