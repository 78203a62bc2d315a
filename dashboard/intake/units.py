"""Units as tables state them: above the table, in a header, in a column, in the cell itself.

A unit is read where it is written and asked for where it is not clear; it is never guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from dashboard.intake.values import number, plain

Family: TypeAlias = Literal["count", "krw", "usd", "pct", "money", ""]
"""What is measured: things counted, won, dollars, percent, another currency; empty for a bare
`백만`."""

_SCALES = {
    "십": 10, "백": 100, "천": 1_000, "만": 10_000, "십만": 100_000, "백만": 10**6,
    "천만": 10**7, "억": 10**8, "십억": 10**9, "백억": 10**10, "천억": 10**11, "조": 10**12,
    "thousand": 1_000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_WORDS: dict[str, tuple[Family, str]] = {
    **dict.fromkeys(("명", "인", "사람", "persons", "person", "people", "patients"),
                    ("count", "명")),
    **dict.fromkeys(("건", "회", "개", "개소", "개국", "개사", "기관", "개기관", "위", "병상", "곳",
                     "부스", "cases"), ("count", "")),
    **dict.fromkeys(("원", "krw", "won", "₩", "￦"), ("krw", "원")),
    **dict.fromkeys(("달러", "불", "usd", "us$", "$", "미달러", "dollars", "미국달러"),
                    ("usd", "usd")),
    **dict.fromkeys(("유로", "eur", "€", "엔", "jpy", "위안", "cny"), ("money", "")),
    **dict.fromkeys(("%", "퍼센트", "percent", "pct"), ("pct", "%")),
}  # fmt: skip
_SCALE_WORDS = "|".join(sorted(_SCALES, key=len, reverse=True))
_FAMILY_WORDS = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_UNIT = re.compile(
    rf"(?P<digits>1[0,]*0)?(?P<scale>{_SCALE_WORDS})?(?P<word>{_FAMILY_WORDS})?s?", re.IGNORECASE
)
_STATED = re.compile(
    r"(?<![가-힣a-z])(?:단위|units?)(?:\s*[:：;]\s*|\s+)(?P<units>[^()\[\]（）<>]*)", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[（<]([^()\[\]（）<>]*)[)\]）>]")
_OWN = re.compile(
    rf"[\d,.]+(?P<scales>(?:(?:{_SCALE_WORDS})[\d,.]*)*)(?P<word>{_FAMILY_WORDS})?$", re.IGNORECASE
)
_IN_NOTE = re.compile(
    rf"단위[는은가]?\s*[:：]?\s*((?:1[0,]*0)?(?:{_SCALE_WORDS})?\s?(?:{_FAMILY_WORDS}))",
    re.IGNORECASE,
)
CHOICES: dict[str, tuple[str, ...]] = {
    "krw": ("원", "천원", "백만원", "억원"),
    "count": ("명", "십명", "백명", "천명", "만명"),
    "usd": ("달러", "천달러", "백만달러"),
    "pct": ("%",),
}
"""Units to choose from, of what a column measures."""


@dataclass(frozen=True)
class Unit:
    """A unit as written."""

    scale: int
    """What a number is multiplied by: 1,000 for `천명`."""
    family: Family
    word: str
    """The unit without its scale, in a word that the codes of units know; may be empty."""
    text: str


class UnclearUnit(Exception):
    """The unit of a number cannot be told; carries the rule and what was written."""

    def __init__(self, rule: str, written: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.written = written


def unit_of_word(text: str) -> Unit | None:
    """`백만 원` → won times 10⁶; `1,000명` → persons times 1,000; None when it is no unit."""
    written = plain(text)
    squeezed = re.sub(r"\s+", "", written).strip("()[]（）").removesuffix("당").casefold()
    found = _UNIT.fullmatch(squeezed)
    if not squeezed or not found or not (found["scale"] or found["word"]):
        return None
    digits = int(found["digits"].replace(",", "")) if found["digits"] else 1
    word = (found["word"] or "").casefold()
    family, known = _WORDS.get(word, ("", ""))
    return Unit(digits * _SCALES.get(found["scale"] or "", 1), family, known, written)


def stated_units(text: str) -> tuple[Unit, ...]:
    """All units that a text states after the word `단위`: `(단위: 명, 백만원)`.

    Raises:
        UnclearUnit: something is stated that is no unit.
    """
    stated = _STATED.search(plain(text))
    if not stated or not stated["units"].strip():
        return ()
    parts = _parts(stated["units"])
    units = [unit_of_word(part) for part in parts]
    if None in units:
        raise UnclearUnit("unit-unknown", stated["units"].strip())
    return tuple(unit for unit in units if unit)


def is_unit_statement(text: str) -> bool:
    """Whether a cell says nothing but the unit of the table."""
    return bool(_STATED.match(plain(text).strip("()[]（）<>※* ")))


def header_units(header: str) -> tuple[Unit, ...]:
    """The units in the brackets of a header, or behind the word `단위`: `예산액(천원)`."""
    try:
        if stated := stated_units(header):
            return stated
    except UnclearUnit:
        pass
    for inside in reversed(_BRACKETS.findall(header)):
        units = [unit_of_word(part) for part in _parts(inside)]
        if units and None not in units:
            return tuple(unit for unit in units if unit)
    return ()


def without_units(header: str) -> str:
    """A header without brackets that hold a unit: `실환자수 (명)` → `실환자수`."""

    def kept(found: re.Match[str]) -> str:
        units = [unit_of_word(part) for part in _parts(found[1])]
        return found[0] if None in units or not units else " "

    return " ".join(_BRACKETS.sub(kept, header).split())


def _parts(text: str) -> list[str]:
    joined = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return [part for part in re.split(r"[,/·ㆍ、;]|\s및\s|\sand\s", joined) if part.strip()]


def unit_in_cell(text: str) -> Unit | None:
    """The unit that a cell has of its own, which overrides that of the table: `1.2억`, `31명`.

    Returns:
        None for a number without any; the scale is 1, as the number itself is multiplied out.
    """
    squeezed = re.sub(r"\s+", "", plain(text)).casefold()
    if squeezed[:1] in ("₩", "￦", "$"):
        return Unit(1, *_WORDS[squeezed[0]], text)
    found = _OWN.search(squeezed)
    if not found or not (found["scales"] or found["word"]):
        return None
    family, word = _WORDS.get(found["word"] or "", ("", ""))
    return Unit(1, family, word, text)


def scaled(text: str, scale: int) -> str | None:
    """A number times what its table says (`천원`), unless the cell says a unit of its own.

    Returns:
        Digits with at most one point; None when it is no number.
    """
    value = number(plain(text))
    if value is None or scale == 1 or unit_in_cell(text):
        return value
    return number(format(Decimal(value) * scale, "f"))


def family_of(unit: str | None) -> Family:
    """The family of a unit of the record: `krw_per_person` → won, `persons` → things counted."""
    if unit is None:
        return ""
    bare = unit.casefold()
    if bare.startswith("krw"):
        return "krw"
    return bare if bare in ("usd", "pct") else "count"  # type: ignore[return-value]


def scale_for(units: Sequence[Unit], family: Family) -> int:
    """What a bare number is multiplied by, under the units stated for its column.

    Raises:
        UnclearUnit: `unit-bare` (`백만` of what?), `unit-other` (persons over won), `unit-twice`.
    """
    if not units:
        return 1
    if not family and len({unit.scale for unit in units}) == 1:
        return units[0].scale
    written = ", ".join(unit.text for unit in units)
    fitting = {unit.scale for unit in units if unit.family == family}
    if len(fitting) == 1:
        return fitting.pop()
    if fitting:
        raise UnclearUnit("unit-twice", written)
    if any(not unit.family for unit in units):
        raise UnclearUnit("unit-bare", written)
    raise UnclearUnit("unit-other", written)


def choices_for(family: Family) -> tuple[str, ...]:
    """Units to choose from, the plain one first."""
    return CHOICES.get(family, (*CHOICES["count"], *CHOICES["krw"]))


def chosen_units(text: str) -> tuple[Unit, ...]:
    """Units as somebody chose them: `백만원` or `명, 백만원`.

    Raises:
        UnclearUnit: a part is no unit.
    """
    units = [unit_of_word(part) for part in _parts(text)]
    if not units or None in units:
        raise UnclearUnit("unit-unknown", text)
    return tuple(unit for unit in units if unit)


def table_units(cells: Sequence[str]) -> Iterator[Unit]:
    """The units that cells above a table state; what is no unit comes without a family.

    So `단위 : 백만` and `단위: 살` are asked for alike.
    """
    for cell in cells:
        try:
            yield from stated_units(cell)
        except UnclearUnit as error:
            yield Unit(1, "", "", error.written)


def title_units(cells: Sequence[str]) -> Iterator[Unit]:
    """The units that the title of a table gives: stated, in brackets, alone, or as its last word.

    `(단위: 천명)`, `외국인환자 수 [천명]`, `천명`, `외국인환자 수 천명`; never the size of
    something in a title, as in `팸투어(100명)`.
    """
    for cell in cells:
        stated = tuple(table_units([cell]))
        alone = unit_of_word(cell)
        last = unit_of_word(cell.split()[-1]) if cell.split() else None
        if stated:
            yield from stated
        elif alone is not None:
            yield alone
        elif bracketed := header_units(cell):
            yield from (one for one in bracketed if _is_no_size(one))
        elif last is not None and last.scale != 1 and last.family and _is_no_size(last):
            yield last


def note_units(cells: Sequence[str]) -> Iterator[Unit]:
    """The units that a note below a table gives: `(단위: 천명)`, `주) 단위는 천명임`."""
    for cell in cells:
        for written in _IN_NOTE.findall(plain(cell)):
            unit = unit_of_word(written)
            if unit is not None:
                yield unit


def _is_no_size(unit: Unit) -> bool:
    return not re.search(r"\d", unit.text) or unit.scale >= 1000


def fixed_scale(
    units: Mapping[int, tuple[Unit, ...]], place: int, family: Family
) -> tuple[int, UnclearUnit | None]:
    """Scale of a column that always measures the same, or why it is not clear."""
    try:
        return scale_for(units.get(place, ()), family), None
    except UnclearUnit as unclear:
        return 1, unclear
