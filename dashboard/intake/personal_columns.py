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
from dashboard.intake.word_lists import pattern_of, word_list

_HEADERS = word_list("personal_headers")
_WORDS = {name: _HEADERS[name] for name in ("who", "spelling", "number")}


def _headers(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile(pattern_of(alternatives, _WORDS))


_STRONG: dict[str, re.Pattern[str]] = {
    rule: _headers(alternatives) for rule, alternatives in _HEADERS["rules"].items()
}
_MAYBE_NAME = _headers(_HEADERS["maybe_name"])
_MAYBE_CHART = _headers(_HEADERS["maybe_chart"])
_MAYBE_ADDRESS = _headers(_HEADERS["maybe_address"])
_DIAGNOSIS = _headers(_HEADERS["diagnosis"])
_PERSON_TRAIT = _headers(_HEADERS["person_trait"])
_COMPANY = _headers(_HEADERS["company"])
_OFFICE_PHONE = _headers(_HEADERS["office_phone"])
_INSTITUTION = _headers(_HEADERS["institution"])
_REMARK = _headers(_HEADERS["remark"])
"""Of free text, where a number alone is no figure."""
_LABELS_WITHIN = 40
"""Lines from the top in which headers are looked for."""
_HEADER_ROWS = 3
"""Rows of headers at most, titles left out; what stands below is a value."""
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
        for rule, pattern in _STRONG.items():
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
