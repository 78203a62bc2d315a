"""Words in brackets: those that leave a metric what it is, and those that narrow or change it."""

import re

from dashboard.intake.units import unit_of_word
from dashboard.intake.values import plain
from dashboard.intake.word_lists import word_list

FILLERS = re.compile("|".join(word_list("tables")["idle"]), re.IGNORECASE)
"""Words that name no other quantity: what it is by, that whole persons are counted, who publishes
it."""
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_AGES = re.compile(r"\d\+|(?<![\d.\-/])\d{1,2}\s*[-~∼]\s*\d{1,2}(?![\d월])")
"""`65+`, `20-29`."""


def without_idle_brackets(text: str) -> str:
    """A header or metric without the brackets that change nothing: `값 (2024년, 명)` → `값`.

    Those stay that say of whom or of what: `(연인원)`, `(20대)`, `(성형외과)`.
    """
    return _BRACKETS.sub(lambda found: "" if _is_idle(found[1]) else found[0], plain(text)).strip()


def has_ages(text: str) -> bool:
    """Whether brackets of a text hold a band of ages in figures alone: `(20-29)`, `(65+)`."""
    return any(_AGES.search(inside) for inside in _BRACKETS.findall(plain(text)))


def _is_idle(inside: str) -> bool:
    if _is_plain_unit(inside):
        return True
    words = re.findall(r"[가-힣A-Za-z%$]+", inside)
    return not _AGES.search(inside) and all(
        _is_plain_unit(word) or not FILLERS.sub("", word) for word in words
    )


def _is_plain_unit(word: str) -> bool:
    """Whether a word is a unit of things counted one by one, which multiplies nothing."""
    unit = unit_of_word(word)
    return unit is not None and unit.scale == 1 and unit.family == "count"
