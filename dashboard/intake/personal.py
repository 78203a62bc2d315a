"""Personal data in a text: what it is, and never the value in full.

Korean resident and foreigner registration numbers: six digits that are a date, a digit for sex and
century, six more. The thirteenth is a check digit, weights 2 3 4 5 6 7 8 9 2 3 4 5, 11 minus the
remainder by 11, last digit of that; for foreigners 13 minus it. Numbers given out since October
2020 have none, so a separator is enough; without one only the check digit tells the number from an
amount of money. Registration numbers of companies look alike, with weights 1 2 1 2 … and 10 minus
the remainder by 10: where only that fits, it is a company.

Whether a phone number of another country can exist is what `phonenumbers` says, the port of the
library of Android; it knows nothing of lost zeros, masks and brackets, which are found here.
"""

import re
from collections.abc import Iterator

import phonenumbers

from dashboard.intake.persons_in_text import common_names_in, names_in, patient_in
from dashboard.intake.plain_spelling import plain, plain_digits
from dashboard.intake.values import in_calendar

RRN, FOREIGNER, PASSPORT, PHONE = (
    f"personal-{kind}" for kind in ("rrn", "foreigner", "passport", "phone")
)
EMAIL, NAME, BIRTH, CHART = (f"personal-{kind}" for kind in ("email", "name", "birth", "chart"))
DIAGNOSIS, ADDRESS, CARD, ACCOUNT = (
    f"personal-{kind}" for kind in ("diagnosis", "address", "card", "account")
)

_DASH = r"\-–—‑‐−―ー﹣"
_SEPARATOR = rf"{_DASH}./\\·ㆍᆞ・•∙:;~|_)("
_MASK = "*xXoO○●◯•#□■◎△ㅇᄋ"
_NUMBER = re.compile(
    rf"(?<![\d.,])(?:19|20)?(\d{{6}}|\d\d[./\-]\s?\d\d[./\-]\s?\d\d)(\s?[{_SEPARATOR}]{{1,3}}\s?|\s{{0,3}})"
    rf"([1-8])(\d{{6}}|[\d{_MASK}]{{6}})(?![.,]?\d|[{_MASK}])"
)
_SPREAD = re.compile(rf"(?<![\d.,])\d(?:[\s{_DASH}./·_]{{0,3}}\d){{12}}(?![.,]?\s?\d)")
"""A registration number in boxes of a form, one digit each, or with separators anywhere."""
_BOXES = re.compile(rf"\d(?:\s\d){{5}}(?:\s|\s?[{_DASH}]\s?)\d(?:\s\d){{6}}")
_CUT = re.compile(
    rf"(?<![\dA-Za-z.,{_DASH}/])(\d{{6}})(\s?[{_DASH}]\s?)([1-8](?:[{_MASK}]{{1,5}})?|[{_MASK}]{{7}})"
    rf"(?![\w./{_DASH}{_MASK}])"
)
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9\-])(?:[MSRODG]\d{3}[A-Z]\d{4}|[A-Z]\d{8}|[A-Z]{2}\d{7}|[EBCKNP]\d{7}"
    r"|P\d{7}[A-Z])(?![A-Za-z0-9\-])"
)
_PASSPORT_SAID = re.compile(
    r"(?:여권|passport|паспорт|护照|旅券)[^\d]{0,14}?((?:[A-Z]{0,2}[\s\-]?\d{2}\s?\d{5,7}"
    r"|[A-Z]{1,2}[\s\-]?\d{6,8}|[A-Z]\s?\d{4}\s\d{4}|[A-Z]\d{3}[A-Z]\d{4}))(?!\d)",
    re.IGNORECASE,
)
_GAP = rf"[\s.)(/·_{_DASH}]{{0,3}}"
_BREAK = rf"[\s.)(/·_{_DASH}]{{1,3}}"
_HIDDEN = rf"[\d{_MASK}]"
_MOBILE = re.compile(
    rf"(?<![\d.,\-+])\(?01[016789]{_GAP}(?:\d{{3,4}}{_GAP}\d{{4}}"
    rf"|{_HIDDEN}{{3,4}}{_BREAK}{_HIDDEN}{{4}})(?![.,]?\d)"
    rf"|(?<![\d.,\-+/])10[{_DASH}.)]\s?[1-9]\d{{3}}[{_DASH}.]\s?\d{{4}}(?![.,]?\d)"
    rf"|(?<![\d+])(?:00)?82{_BREAK}0?{_GAP}10{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"
    rf"|\+\s?82{_GAP}0?{_GAP}1[016789]{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
)
_LANDLINE = re.compile(
    rf"(?<![\d.,\-+])\(?0(?:(?:2|[3-6][1-5]|70|50\d|80){_BREAK}\d{{3,4}}{_BREAK}\d{{4}}"
    r"|2\d{7,8}|[3-6][1-5]\d{7,8}|70\d{8})(?![.,]?\d)"
)
_ABROAD = re.compile(r"(?<![\d+])(?:\+|00)(\d{1,3}[-.\s)(]{0,2}\d(?:[-.\s()]{0,2}\d){5,12})(?!\d)")
_AT = r"\s?(?:@|＠|﹫|[(\[{<]\s?(?:at|골뱅이|@)\s?[)\]}>]|골뱅이)\s?"
_DOT = r"(?:\.|．|\s?[(\[{]\s?(?:dot|점)\s?[)\]}]\s?)"
_EMAIL = re.compile(
    rf"[^\W_][\w.%+\-]*{_AT}[^\W_][\w\-]*(?:{_DOT}[\w\-]+)*{_DOT}[^\W\d_]{{2,}}"
    r"|[^\W_][\w.+\-]*\s(?:at|앳)\s[\w\-]+(?:\s(?:dot|닷|점)\s[\w\-]+)+",
    re.IGNORECASE,
)
_CARD = re.compile(
    rf"(?<![\d.,\-])(?:[3-69]\d{{3}}(\s?[{_DASH}./_ ]?\s?)\d{{4}}\1\d{{4}}\1\d{{4}}"
    rf"|3[47]\d{{2}}[{_DASH} ]?\d{{6}}[{_DASH} ]?\d{{5}})(?![.,\-]?\d)"
)
_CARD_LABELLED = re.compile(
    rf"(?:카드\s?(?:번호|no\.?|number)|card\s?(?:no\.?|number|#))\s*[:：#(]*\s*(\d(?:[\s{_DASH}./_]?\d){{13,15}})(?!\d)",
    re.IGNORECASE,
)
_MASKED_CARD = re.compile(
    rf"(?<![\d.,\-])[3-69]\d{{3}}[- .]?(?:\d{{4}}|\d{{2}}[{_MASK}]{{2}}|[{_MASK}]{{4}})"
    rf"[- .]?[{_MASK}]{{4}}[- .]?(?:\d{{4}}|\d{{3}}[{_MASK}])(?!\d)"
)
_BANK = (
    "국민|신한|우리|하나|농협|기업|카카오|케이|토스|수협|신협|새마을|우체국|대구|부산|경남|광주|전북|제주|산업|"
    "씨티|SC제일|제일|IM|KB|NH|IBK|KDB"
)
_OF_BANK = r"(?:\s?(?:은행|뱅크|금고|bank))"
_ACCOUNT_DIGITS = r"(?:[A-Z]{2}\d{2})?\d{2,6}[\- ]\d{2,6}[\- ]\d{2,8}(?:[\- ]\d{1,4})?"
_ACCOUNT = re.compile(
    rf"(?P<label>계좌|통장|account|iban|(?:{_BANK}){_OF_BANK}?)(?:\s?(?:번호|no\.?|number))*[\s:：(]*"
    rf"(?P<after>{_ACCOUNT_DIGITS}|\d{{11,16}})(?!\d)"
    rf"|(?<![\d\-.,])(?P<before>{_ACCOUNT_DIGITS}|\d{{11,14}})\s?[(/,]?\s?(?:{_BANK})(?:{_OF_BANK}|(?![가-힣]))",
    re.IGNORECASE,
)
_SAYS_BANK = re.compile(r"계좌|통장|은행|뱅크|금고|농협|수협|신협|account|iban|bank", re.IGNORECASE)
_NO_ACCOUNT = re.compile(r"(?:19|20)\d{2}[\- ]\d{1,2}[\- ]\d{1,2}|\d{3}-\d{2}-\d{5}|0\d.*")
"""Days, registration numbers of businesses and phones beside a bank that is called like a place."""
_MESSENGER = re.compile(
    r"(?:카카오톡|카톡|위챗|텔레그램|왓츠앱|라인|kakao(?:talk)?|wechat|weixin|telegram|whatsapp|\bline)"
    r"\s?(?:ID|아이디)\s?[:：=]?\s?([a-z][\w.\-]{3,})"
    r"|(?:카카오톡|카톡|위챗|텔레그램|왓츠앱|kakao(?:talk)?|wechat|weixin|telegram|whatsapp)"
    r"\s?[:：=]?\s?((?=[a-z.\-]*[\d_])[a-z][\w.\-]{4,})",
    re.IGNORECASE,
)
_CHART = re.compile(
    r"(?:차트|챠트|병록|환자|의무기록)\s?번호\s*[:：#]?\s*([A-Z]{0,3}-?\d{3,12})"
    r"|\b(?:MRN|chart\s?(?:no|number|#)|patient\s?(?:id|no|number))\.?\s*[:：#]?\s*"
    r"([A-Z]{0,3}-?\d{3,12})",
    re.IGNORECASE,
)
_DAY = r"(?:\d{4}|\d{2})\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}|\d{8}|\d{6}"
_BIRTH = re.compile(
    rf"(?:생년월일|생일|출생일|birth\s?(?:date|day)?|date of birth|\bDOB\b)"
    rf"\s*[:：)(]*\s*({_DAY})(?!\d)"
    rf"|(?<!\d)({_DAY})\s?일?\s?(?:생(?![가-힣])|生)|(\d{{4}}년\s?생\s?\(\d{{1,2}}[/.]\d{{1,2}}\))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[가-힣\d]+(?:로|길|동|읍|면|리|가)\s*\d+(?:-\d+)?(?:번지|번길\s*\d+)?[\s,(가-힣)]*\d+동\s*\d{2,4}호"
    r"|(?:자택|거주지|집|환자)\s?주소\s*[:：]?\s*([가-힣]{2,}\s[가-힣\d\s\-]{4,40})"
    r"|\b(?:apt|apartment|unit|room|rm)\.?\s?#?\d+,?\s[\w ,\-]{0,30}-(?:ro|gil|daero|dong)\b",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(
    rf"[@＠﹫]|[(\[{{<]\s?at\s?[)\]}}>]|\sat\s|골뱅이|앳|\d{{6}}|\d[{_SEPARATOR}\s]+[\d{_MASK}]"
    r"|[A-Z]\d{3}[A-Z]|\d[OoIl]|[OoIl]\d|공일"
    r"|[*○●◯〇□■◎△#ㅇᄋ]|[가-힣][OXox](?:[OXox]|[가-힣])|님|씨|환자|고객|보호자|수진자|작성|담당|보고자|책임자|통역|의의|주치|집도"
    r"|예약자|신청|성명|성함|이름|문의|간호사|원장|교수|주무관|[팀과]장|사무관|\d호|인솔|동행|참석|生|\d\s?세|남|여"
    r"|男|女|[가-힣]\s?[(\[]\s?\d{2}\s?[)\],]|모\s?[(씨양군]|(?:외|등)\s?\d|여권|진단서|소견서|동의서|증|카톡|카카오|위챗|라인"
    r"|(?i:\bm(?:r|rs|s|iss)\b|name|patient|\bpt\b|guardian|client|interpreter|coordinator|contact|author"
    r"|prepared by|escort|생|birth|dob|\b[fm]\s?[/,]\s?\d|\d\s?[/,]\s?[fm]\b|\by/?o\b|year.old"
    r"|\bapt|apartment|\bunit\b"
    r"|\broom\b|\brm\b|kakao|wechat|weixin|telegram|whatsapp|line)"
)


def find_personal(text: str) -> Iterator[tuple[str, str]]:
    """What in a text is personal: rule and masked value. Nothing for ordinary figures and dates."""
    if text.isascii():
        if len(text) < 6:
            return
    else:
        text = plain(text)
    if not _WORTH_A_LOOK.search(text):
        yield from ((NAME, masked(name)) for name in common_names_in(text))
        return
    text = plain_digits(text)
    for found in _EMAIL.finditer(text):
        yield EMAIL, masked(found[0])
    taken: list[tuple[int, int]] = []
    for pattern in (_NUMBER, _CUT):
        for found in pattern.finditer(text):
            if _is_free(found, taken) and _is_registration(found, text):
                taken.append(found.span())
                yield RRN if found[3][0] not in "5678" else FOREIGNER, masked(found[0])
    for found in _SPREAD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if _is_free(found, taken) and _is_spread_registration(found[0], digits):
            taken.append(found.span())
            yield RRN if digits[6] not in "5678" else FOREIGNER, masked(found[0])
    for rule, value, span in _phones(text):
        if _overlaps(span, taken):
            continue
        taken.append(span)
        yield rule, value
    for pattern, is_labelled in ((_CARD_LABELLED, True), (_MASKED_CARD, True), (_CARD, False)):
        for found in pattern.finditer(text):
            if _is_free(found, taken) and (is_labelled or _passes_luhn(found[0])):
                taken.append(found.span())
                yield CARD, masked(found[1] if pattern is _CARD_LABELLED else found[0])
    if patient := patient_in(text):
        yield DIAGNOSIS, masked(patient)
    yield from _labelled(text, taken)
    for name in names_in(text):
        yield NAME, masked(name)


def masked(value: str) -> str:
    """The first two characters, of a short value the first; the rest only by its length."""
    shown = 2 if len(value) > 4 else 1
    return value[:shown] + "*" * min(len(value) - shown, 12)


def is_birth_and_sex(text: str) -> bool:
    """Whether digits alone could be a registration number, whole or its first seven digits."""
    digits = text.strip().removesuffix(".0")
    return len(digits) in (7, 13) and digits.isdecimal() and _is_born(digits[:6], digits[6])


def _labelled(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Numbers that are personal because of a word beside them, and passports."""
    spoken: set[str] = set()
    for found in _PASSPORT_SAID.finditer(text):
        spoken.add(found[1])
        yield PASSPORT, masked(found[1])
    for found in _PASSPORT.finditer(text):
        if found[0] not in spoken and not _has_year(found[0]) and _is_free(found, taken):
            yield PASSPORT, masked(found[0])
    for rule, pattern in (
        (CHART, _CHART), (BIRTH, _BIRTH), (ADDRESS, _ADDRESS), (PHONE, _MESSENGER),
    ):  # fmt: skip
        for found in pattern.finditer(text):
            if _is_free(found, taken):
                value = next((group for group in found.groups() if group), found[0])
                yield rule, masked(value)
    for found in _ACCOUNT.finditer(text):
        number = found["after"] or found["before"]
        is_of_bank = bool(_SAYS_BANK.search(found[0]))
        if _is_free(found, taken) and (is_of_bank or _could_be_account(number)):
            yield ACCOUNT, masked(number)


def _could_be_account(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return 10 <= digits <= 16 and not _NO_ACCOUNT.fullmatch(number)


def _phones(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(text):
            yield PHONE, masked(found[0].strip()), found.span()
    for found in _ABROAD.finditer(text):
        try:
            number = phonenumbers.parse("+" + found[1])
        except phonenumbers.NumberParseException:
            continue
        is_korean = number.country_code == 82
        if phonenumbers.is_valid_number(number) or (
            is_korean and phonenumbers.is_possible_number(number)
        ):
            yield PHONE, masked(found[0]), found.span()


def is_landline(text: str) -> bool:
    """Whether a text has phone numbers, and only those that belong to a house, not a person."""
    return bool(_LANDLINE.search(text)) and not _MOBILE.search(text)


def _is_registration(found: re.Match[str], text: str) -> bool:
    birth, gap, sex, *rest = found.groups()
    birth = re.sub(r"\D", "", birth)
    if re.search(r"법인|corporat", text[: found.start()][-12:], re.IGNORECASE):
        return False
    if not sex[0].isdigit():  # all seven hidden
        return any(_is_born(birth, century) for century in "13")
    if not _is_born(birth, sex[0]):
        return False
    if not rest:
        return len(sex) > 1 or not re.fullmatch(r"20(?:0[89]|1[0-2])(?:0[1-9]|1[0-2])", birth)
    if not rest[0].isdigit():
        return True
    digits = birth + sex + rest[0]
    if _is_surely_company(digits) or (digits.endswith("000000") and not gap):
        return False
    if _has_check_digit(digits):
        return True
    return bool(gap) and not _is_company(digits)


def _is_spread_registration(text: str, digits: str) -> bool:
    if not _is_born(digits[:6], digits[6]) or _is_company(digits):
        return False
    is_divided = not text.isdecimal()
    return is_divided and (bool(_BOXES.fullmatch(text)) or _has_check_digit(digits))


def _is_born(birth: str, sex: str) -> bool:
    if sex not in "12345678":
        return False
    century = "19" if sex in "1256" else "20"
    return in_calendar(f"{century}{birth[:2]}-{birth[2:4]}-{birth[4:]}")


def _has_check_digit(digits: str) -> bool:
    remainder = sum(int(a) * b for a, b in zip(digits, _WEIGHTS, strict=False)) % 11
    base = 11 if digits[6] in "1234" else 13
    return int(digits[12]) == (base - remainder) % 10


def _is_company(digits: str) -> bool:
    """A registration number of a company: a court's code from 1101 to 2099, and a check digit."""
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(digits[:12]))
    return "11" <= digits[:2] <= "20" and int(digits[12]) == -weighed % 10


def _is_surely_company(digits: str) -> bool:
    """One that would make its person more than a hundred years old."""
    return digits[6] in "1256" and _is_company(digits)


def _passes_luhn(text: str) -> bool:
    digits = [int(digit) for digit in re.sub(r"\D", "", text)][::-1]
    twice = sum(sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (
        len(set(digits)) > (2 if text.isdecimal() else 1) and (sum(digits[::2]) + twice) % 10 == 0
    )


def _has_year(code: str) -> bool:
    """A code of letters, a year and a number, such as `DG2024001` or `E20240101`."""
    return bool(re.search(r"^[A-Z]{1,2}(?:19[5-9]|20[0-4])\d", code))


def _is_free(found: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return not _overlaps(found.span(), taken)


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
