"""Names of persons, told from words and places by how they are made.

`is_name` asks whether a text could be one, `is_surely_name` whether it hardly is anything else. A
single text decides only when it is sure; a column may be told by the share of its values.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dashboard.intake.word_lists import word_list

_LISTS = word_list("person_names")
SURNAMES: str = _LISTS["surnames"]
DOUBLE_SURNAMES = "|".join(_LISTS["double_surnames"])
COMMON = SURNAMES[:60]
FIRST: str = _LISTS["first_syllables"]
SECOND: str = _LISTS["second_syllables"]
WORDS = frozenset(_LISTS["office_words"])
NO_PERSON = frozenset(_LISTS["words_of_no_person"])
_WORLD = frozenset(_LISTS["names_of_the_world"])
_GIVEN = "|".join(_LISTS["common_given_names"])
_EXAMPLES = "|".join(_LISTS["names_on_forms"])
_ROMAN_SURNAMES = "|".join(_LISTS["roman_surnames"])
_JAPANESE_SURNAMES = "|".join(_LISTS["japanese_surnames"])
_HANZI_SURNAMES: str = _LISTS["hanzi_surnames"]
_HANGUL = re.compile(rf"(?:[{SURNAMES}][가-힣]{{1,3}}|(?:{DOUBLE_SURNAMES})[가-힣]{{1,2}})")
_SURELY_HANGUL = re.compile(
    rf"[{COMMON}][{FIRST}][{SECOND}]|(?:{DOUBLE_SURNAMES})[{FIRST}][{SECOND}]?"
)
COMMON_NAME = re.compile(rf"(?:{DOUBLE_SURNAMES}|[{COMMON}])(?:{_GIVEN})|{_EXAMPLES}")
"""A surname and one of the commonest given names, which no word of offices is."""
_OFFICE_WORD = re.compile(
    r".*(?:[구시군읍면과실팀부사률율액치별간년월적도청원점장소동]|센터|병원|의원|호텔|업체|시장|대학)"
)
"""How words of offices, places and measures end that begin like a name."""
_SYLLABLE = (
    r"(?:ch|[bcdghjkmnprstwy]|)(?:yeo|yae|wae|wo|wa|we|wi|ya|ye|yo|yu|ae|eo|eu|oo|ee|ou|ui|a|e|i|o|u)"
    r"(?:ng|n|m|l|k|p|b|h|r|)"
)
_ROMAN = re.compile(
    rf"(?:(?:{_ROMAN_SURNAMES}),?\s+{_SYLLABLE}(?:\s?-\s?|\s|){_SYLLABLE}"
    rf"|{_SYLLABLE}(?:-|\s|){_SYLLABLE},?\s+(?:{_ROMAN_SURNAMES}))",
    re.IGNORECASE,
)
_ROMAN_PLACE = re.compile(
    r".*[\s\-](?:gu|si|do|dong|gun|ri|ro|gil|eup|myeon)$|.*\b(?:the|our|no|in|on|to|bae?r|song"
    r"|river|korea|china|japan|india|total|seoul|busan|daegu|jeju|ansan|gangnam|to|a)\b.*",
    re.IGNORECASE,
)
_PATRONYMIC = re.compile(
    r"(?:[^\W\d_]+[\s.]+){1,2}[^\W\d_]+(?:ovich|evich|yevich|ovna|evna|yevna|ichna|kyzy|uly"
    r"|ович|евич|ьич|овна|евна|ична|кызы|улы)(?:\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"[^\W\d_]{2,}(?:ov|ova|ev|eva|yev|yeva|sky|skiy|skaya|enko|shvili|baev|bayev|bekov|baatar|bayar"
    r"|tsetseg|jargal|erdene|suren|tuya|bold"
    r"|ов|ова|ев|ева|ин|ина|ский|ская|енко|баев|беков|баатар|баяр|цэцэг|жаргал|эрдэнэ|сүрэн|туяа)",
    re.IGNORECASE,
)
_LATIN_WORDS = re.compile(
    r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?(?:,?\s+[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?){1,3}"
)
_HANZI = re.compile(
    rf"(?:[{_HANZI_SURNAMES}]\s?[一-鿿]{{1,2}}|(?:{_JAPANESE_SURNAMES})[\s　]?[一-鿿ぁ-ヿ]{{1,4}})"
)
_MASK = r"[*○●◯〇□■◎△#ㅇᄋ]"
MASKED_NAME = re.compile(
    rf"(?:(?<![가-힣\w])|(?<=환자)|(?<=고객))(?:[{SURNAMES}](?:{_MASK}{{1,2}}[가-힣]?|[가-힣]{_MASK}"
    r"|[OoXx]{2}|[OoXx][가-힣]))(?:님|씨|양|군|환자|고객|[은는이가의도외께]|)(?![가-힣\w*○●◯〇])"
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,3}[A-Z]\.?|[A-Z](?:[\s-][A-Z]){1,2}")
_TITLED = re.compile(
    r"(?:MR|MRS|MS|MISS|MSTR|DR)\b\.?\s*[^\W\d_]+(?:[/\s,][^\W\d_]+){0,3}", re.IGNORECASE
)
_TICKET = re.compile(r"[A-Z]{2,}/[A-Z]{2,}(?:\s?(?:MR|MRS|MS|MISS|MSTR))?")
"""As airlines write names: `IVANOVA/OLGA MRS`."""
_FEWEST = 3
_MOST = 0.6
_NEARLY_ALL = 0.8


@lru_cache(65_536)
def is_name(text: str) -> bool:
    """Whether a whole text could be the name of a person, in Hangul, Latin, Cyrillic or Hanzi."""
    text = text.strip(" *·.")
    if MASKED_NAME.fullmatch(text) or is_surely_name(text):
        return True
    if "가" <= text[:1] <= "힣":
        joined = text.replace(" ", "")
        return bool(_HANGUL.fullmatch(joined)) and joined not in WORDS
    if _HANZI.fullmatch(text) or _INITIALS.fullmatch(text + "." * text[-1:].isupper()):
        return True
    if _TITLED.fullmatch(text) or _TICKET.fullmatch(text):
        return not NO_PERSON & set(_words(text))
    if not _LATIN_WORDS.fullmatch(text):
        return False
    return not NO_PERSON & set(_words(text))


@lru_cache(65_536)
def is_surely_name(text: str) -> bool:
    """Whether a whole text is a name even where nothing around it says so."""
    text = text.strip(" *·.")
    if "가" <= text[:1] <= "힣":
        text = text.replace(" ", "")
        if COMMON_NAME.fullmatch(text):
            return True
        return bool(_SURELY_HANGUL.fullmatch(text)) and not is_word(text)
    if MASKED_NAME.fullmatch(text) or _PATRONYMIC.fullmatch(text):
        return True
    return bool(_ROMAN.fullmatch(text)) and not _ROMAN_PLACE.fullmatch(text)


def is_likely_name(text: str) -> bool:
    """Whether a text beside a label that asks for a name is one; words in Latin letters are not."""
    text = text.strip()
    return is_name(text) and (not text.isascii() or is_surely_name(text) or _is_known(text))


def is_word(text: str) -> bool:
    """Whether a text in Hangul that is made like a name is a word of offices, such as `강남구`."""
    return text in WORDS or (bool(_OFFICE_WORD.fullmatch(text)) and not _is_likely_given(text))


def are_places(values: Sequence[str]) -> bool:
    """Whether nearly all of several values are places and offices, such as `Seoul Special City`."""
    recognised = sum(
        is_word(value) if "가" <= value[:1] <= "힣" else bool(NO_PERSON & set(_words(value)))
        for value in values
    )
    return len(set(values)) >= _FEWEST and recognised >= _NEARLY_ALL * len(values)


def look_like_names(values: Iterable[str]) -> bool:
    """Whether most of the values are names of persons.

    A list of few values that come again and again is no list of persons; fewer than three values
    decide only where all of them are surely names.
    """
    filled = [value.strip() for value in values if value.strip()]
    named = {value for value in set(filled) if is_name(value)}
    likely = {value for value in named if is_surely_name(value) or _is_known(value)}
    if not likely or len(likely) < min(_FEWEST, len(filled)) or len(likely) * 2 < len(named):
        return False
    share = sum(value in named for value in filled) / len(filled)
    return share >= _MOST and len(named) >= len(filled) / 3


def _is_likely_given(text: str) -> bool:
    """Endings of office words that are also the end of many given names."""
    return (
        text[-1:] in "원장동도소율"
        and text[1:2] in "지혜재승태준주하서예시소채민현"
        and len(text) == 3
    )


def _is_known(text: str) -> bool:
    words = _words(text)
    if _HANZI.fullmatch(text):
        return True
    return bool(_WORLD & set(words)) or any(_FAMILY.fullmatch(word) for word in words)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u0305"))
    return re.findall(r"[^\W\d_]+", plain)
