"""Persons in a text, told by what stands beside a name: a label, a title, age and sex, an illness.

Masked names, initials and `김모씨` are names too: whoever knows the case knows the person.
"""

import re
from collections.abc import Iterator

from dashboard.intake.person_names import (
    COMMON,
    COMMON_NAME,
    DOUBLE_SURNAMES,
    FIRST,
    MASKED_NAME,
    NO_PERSON,
    SECOND,
    SURNAMES,
    WORDS,
    is_surely_name,
    is_word,
)

_LABEL = (
    "환자|고객|보호자|수진자|작성자|담당자|보고자|책임자|통역사|통역|인솔자?|동행|참석자?|주치의|집도의|예약자|신청인|"
    "신청자|"
    "성명|성함|이름|환자명|고객명|환자성명|환자이름|담당|문의"
)
_AFTER_LABEL = re.compile(
    rf"(?<![가-힣])(?:{_LABEL})\s*[:：은는=(]?\s*((?:{DOUBLE_SURNAMES}|[{COMMON}])[{FIRST}][{SECOND}]?)"
    r"(?:님|씨|[은는이가의도](?=\s)|)(?![가-힣])"
)
_BEFORE_TITLE = re.compile(
    rf"(?<![가-힣])([{COMMON}][{FIRST}][{SECOND}])\s?(?:님|씨|환자|고객|보호자|간호사|원장|교수|주무관|팀장|과장|사무관)"
    r"(?:[은는이가의께]|)(?![가-힣])"
)
_WITH_MOBILE = re.compile(
    rf"(?<![가-힣])((?:{DOUBLE_SURNAMES}|[{COMMON}])[가-힣]{{1,2}})\s?[(,]?\s?01[016-9]\D"
)
_SHORT = re.compile(rf"(?<![가-힣])([{COMMON}][{SECOND}])\s(?:님|씨)(?![가-힣])")
_ENGLISH_LABEL = re.compile(
    r"\b(?i:(?:patient|guardian|client|interpreter|coordinator|contact|author|prepared by)"
    r"(?:'s)?(?: name)?|name|full name)\s*[:：=]\s*"
    r"([A-Z][\w'’\-]+(?:[ ,]+[A-Z][\w'’\-]+){1,3})|\b(?:Mr|Mrs|Ms|Miss)\.?\s+"
    r"([A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+){0,2})",
)
_PARTICLE = r"(?:님|씨|[은는이가을를의도외께]|에게|)(?![가-힣])"
_STANDING = re.compile(
    rf"(?<![가-힣])({COMMON_NAME.pattern}){_PARTICLE}"
    r"(?!\s?(?:의원|병원|치과|한의원|[가-힣]*외과|피부과|안과|내과|클리닉|약국|교수팀|박사팀|재단))"
)
"""Names that are told without anything beside them; those of clinics are no persons."""
_DOCUMENT = "여권|신분증|진단서|소견서|동의서|의무기록|진료기록|검사결과|영수증|보험증"
_WITH_OTHERS = re.compile(
    rf"(?<![가-힣])((?:{DOUBLE_SURNAMES}|[{COMMON}])[가-힣]{{1,2}})"
    rf"(?:\s?(?:외|등)\s?\d+\s?[명인](?![가-힣])|[\s_\-](?:{_DOCUMENT}))"
)
_SEX = r"(?:남(?:성|자|아)?|여(?:성|자|아)?|男|女|(?<![A-Za-z])[MF](?![A-Za-z]))"
_BOUND = r"(?!\s?(?:이상|이하|미만|초과|부터|까지|[대~\-–]))"
_AGE = rf"(?:만\s?)?\d{{1,3}}\s?(?:세|살){_BOUND}"
_BORN = r"(?<![\d~\-–])(?:(?:19|20)\d{2}|\d{2})\s?년?\s?생(?![가-힣])"
_BARE = rf"(?:{_SEX}\s?[/,·\s]\s?\d{{1,3}}|\d{{1,3}}\s?[/,·]?\s?{_SEX})(?!\s?[명인건%\d])"
"""Sex and a number, which may as well be a count."""

_WITH_TRAITS = re.compile(
    rf"(?<![가-힣])((?:{DOUBLE_SURNAMES}|[{SURNAMES}])[가-힣]{{1,2}})(?:님|씨|환자)?"
    rf"\s?(?:[(\[/,·]\s?|\s)((?:{_SEX}\s?[/,·\s]\s?)?(?:{_AGE}|{_BORN})|{_BARE}"
    r"|(?<=[(\[])\d{2}(?=\s?[)\],])|(?<=[(\[])[남여](?=\s?[)\]]))"
)
_LATIN_WITH_TRAITS = re.compile(
    r"(?<![\w.])((?:[A-Z]\.?[\s\-]?){1,4}|[A-Z][\w'’\-]+(?:,?\s[A-Z][\w'’\-]+){1,3})"
    r"\s?[(/,]\s?(?:[MF]\s?[/,]\s?\d{1,3}|\d{1,3}\s?[/,]?\s?[MF](?![A-Za-z])"
    rf"|\d{{1,3}}\s?(?:y/?o|yrs?\b|세)|{_SEX}\s?[/,]\s?{_AGE}|{_AGE})"
)
_SOMEONE = re.compile(
    rf"(?<![가-힣])[{COMMON}]\s?모\s?(?:씨|양|군)(?![가-힣])|(?<![가-힣])[{COMMON}]모\s?[(\[]\s?\d{{1,3}}(?!\d)"
    r"|(?<![A-Za-z])[A-Z](?:[.\-]\s?[A-Z]){0,3}\.?\s?(?:씨|님)(?![가-힣])"
    r"|(?:환자|고객|보호자|수진자|(?i:\bpt\.?|\bpatient))\s?[:：(]?\s?"
    r"[A-Z](?:[.\-]\s?[A-Z]){0,3}\.?(?![\w/·&+])"
)
_MASKED_LATIN = re.compile(
    r"(?<![A-Za-z*])[A-Z][A-Za-z]{0,3}\*{2,}(?:[\s,]+[A-Z][A-Za-z]{0,3}\*{2,}){1,3}"
)
_SOMEBODY = re.compile(
    rf"\b[FM]\s?/\s?\d{{1,2}}\b|(?:남|여)성?\s?[(/]\s?(?:만\s?)?\d{{1,2}}세?\)?"
    rf"|(?<!\d)\d{{1,2}}세\s?[(/,]?\s?(?:(?:남|여)(?!부)|환자)"
    rf"|\b\d{{1,2}}[- ]?(?:y/?o|year[- ]old)\b|{_BORN}",
    re.IGNORECASE,
)
"""Age and sex of one person, or the year of birth."""
_ILLNESS = re.compile(
    r"[가-힣]암(?![가-힣])|종양|백내장|녹내장|골절|관절염|관절증|디스크|[가-힣]{2,}(?:증후군|협착증|결석)"
    r"|당뇨|고혈압|뇌졸중|뇌경색|심근경색|협심증|치매|우울증|간경화|간염|신부전|백혈병|림프종|파킨슨|결핵|항암|난임|불임"
    r"|(?:수술|시술|이식)\s?(?:예정|후|함|받)|(?:간|신장|골수)이식|\b(?:cancer|ca\.|tumou?r|carcinoma|cataract|fracture|s/p|dx)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:.*[자인객생원군층성아님이수명액률비병암증별녀]|연령|고령|최[고소대저]|정년|전체|주부|임[산신]?부|정원|방문|전년|남|여)"
)
"""How words for groups of persons, measures and illnesses end that begin like a name."""


def names_in(text: str) -> Iterator[str]:
    """Names in a text: common ones, those that something calls names, masked and cut ones."""
    yield from dict.fromkeys((*common_names_in(text), *_names_called_so(text)))


def _names_called_so(text: str) -> Iterator[str]:
    for found in MASKED_NAME.finditer(text):
        yield found[0]
    for pattern in (_AFTER_LABEL, _BEFORE_TITLE):
        for found in pattern.finditer(text):
            if found[1] not in WORDS and (len(found[1]) > 2 or ":" in found[0]):
                yield found[1]
    for pattern in (_WITH_MOBILE, _SHORT):
        for found in pattern.finditer(text):
            if not is_word(found[1]):
                yield found[1]
    for found in _WITH_OTHERS.finditer(text):
        if is_surely_name(found[1]):
            yield found[1]
    for found in _WITH_TRAITS.finditer(text):
        has_age = bool(re.search(r"[세살생]", found[2]))
        if is_surely_name(found[1]) or (
            has_age and not is_word(found[1]) and not _GROUP.fullmatch(found[1])
        ):
            yield found[1]
    for found in _ENGLISH_LABEL.finditer(text):
        yield from _unless_institution(found[1] or found[2])
    for found in _LATIN_WITH_TRAITS.finditer(text):
        yield from _unless_institution(found[1].strip())
    for pattern in (_SOMEONE, _MASKED_LATIN):
        for found in pattern.finditer(text):
            yield found[0]


def common_names_in(text: str) -> Iterator[str]:
    """Names in Hangul that are so common that nothing beside them has to call them names."""
    for found in _STANDING.finditer(text):
        yield found[1]


def patient_in(text: str) -> str:
    """The words that tell one person whose illness stands in the text; empty where none do."""
    if not _ILLNESS.search(text):
        return ""
    found = _SOMEBODY.search(text) or _SOMEONE.search(text) or MASKED_NAME.search(text)
    return found[0] if found else ""


def _unless_institution(words: str) -> Iterator[str]:
    if not NO_PERSON & set(re.findall(r"\w+", words.casefold())):
        yield words
