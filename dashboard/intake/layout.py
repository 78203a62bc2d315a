"""How a sheet is laid out: which cells are header, label, unit, number, total and note.

A `Shape` holds what somebody chose about a table, and nothing else; it is remembered for the next
table of its kind and can be written to a file. A `TableLayout` is a whole sheet as understood:
what was chosen, and what was recognised where nothing was chosen, each with its reason.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeAlias

from dashboard.errors import UsageError

Kind: TypeAlias = Literal["title", "unit", "header", "label", "number", "total", "note", "unread"]
"""What a cell of a table is."""
TOTALS = ""
"""Role of labels that the record does not have, such as sex: only their totals are read."""
LEFT_OUT = "-"
"""Role of a column of labels that is not read at all, such as a rank or a code."""


@dataclass(frozen=True)
class Shape:
    """What was chosen about a table; what is not chosen is recognised in each file anew."""

    wide: bool | None = None
    """Whether values stand in several columns, under headers that are no names of columns."""
    table: int | None = None
    """Which table of the sheet is read, counted from 1: downwards, or from left to right."""
    header_line: int | None = None
    """First line of the header."""
    header_rows: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    """Header of a column of labels → column of the contract, `""` or `"-"`."""
    across: Mapping[str, str] = field(default_factory=dict)
    """Which header row, counted from 1 → column of the contract or `""`."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Column of the contract → the value that all rows have."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Word of a header or label → code of the record; `""` leaves its rows out."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Column of the contract → unit of its numbers: `백만원`."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return self == Shape()

    @property
    def place(self) -> str:
        """Where the table was said to stand, as written to a file; empty when nothing was."""
        names = ("table", "header_line", "header_rows")
        return ", ".join(f"{name} {value}" for name in names if (value := getattr(self, name)))

    def as_dict(self) -> dict[str, Any]:
        """What was chosen, ready for JSON."""
        found = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in found.items()
            if value not in (None, {})
        }

    def under(self, other: "Shape") -> "Shape":
        """This shape with another's choices over it."""
        merged: dict[str, Any] = {}
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if isinstance(mine, Mapping):
                merged[item.name] = {**mine, **theirs}
            else:
                merged[item.name] = mine if theirs is None else theirs
        return Shape(**merged)


def shape_from(given: Mapping[str, Any]) -> Shape:
    """A shape from what `Shape.as_dict` wrote.

    Raises:
        UsageError: an unknown name, or a value of the wrong kind.
    """
    known = {item.name: item.type for item in fields(Shape)}
    for name, value in given.items():
        wanted: type = dict if "Mapping" in str(known.get(name, "")) else int
        is_text = isinstance(value, dict) and all(
            isinstance(part, str) for pair in value.items() for part in pair
        )
        is_count = name == "wide" or (type(value) is int and value > 0)
        if (
            name not in known
            or not isinstance(value, wanted)
            or not (is_text if wanted is dict else is_count)
        ):
            raise UsageError(
                "The shape of the table cannot be read",
                f"{name}: {value!r}",
                f"Names: {', '.join(known)}.",
            )
    return Shape(**given)


def shape_of_json(text: str) -> Shape:
    """A shape from a file.

    Raises:
        UsageError: no JSON object, or no shape.
    """
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            "The shape of the table cannot be read", str(error), "Write it with --write-shape."
        ) from None
    if not isinstance(given, dict):
        raise UsageError(
            "The shape of the table cannot be read", text[:80], "Write it with --write-shape."
        )
    return shape_from(given)


@dataclass(frozen=True)
class Label:
    """A column that says what its rows are about."""

    place: int
    """Place in `Line.cells`, counted from 0."""
    header: str
    column: str | None
    """Column of the contract, `TOTALS` or `LEFT_OUT`; None has to be chosen."""
    reason: str


@dataclass(frozen=True)
class Across:
    """A header row, or a part of one, that says what its columns are about."""

    line: int
    number: int
    """Counted from 1."""
    words: Mapping[int, str]
    """Place of each column of values → what stands above it, merged cells filled."""
    column: str | None
    """As for `Label`."""
    reason: str


@dataclass(frozen=True)
class ValueColumn:
    """A column of values."""

    place: int
    kind: Literal["number", "total", "unread"]
    why: str = ""
    """Why it is not read."""


@dataclass(frozen=True)
class TableLayout:
    """A wide table as understood."""

    title_lines: tuple[int, ...]
    unit_lines: tuple[int, ...]
    header_lines: tuple[int, ...]
    labels: tuple[Label, ...]
    across: tuple[Across, ...]
    values: tuple[ValueColumn, ...]
    data_lines: tuple[int, ...]
    total_lines: tuple[int, ...]
    unread_lines: tuple[int, ...]
    """Lines of parts for which the record has no place."""
    note_lines: tuple[int, ...]
    other_table_line: int
    """Where a further table begins; 0 for none."""
    other_table_place: int
    """Its first column, counted from 0, where it stands beside this one; else 0."""
    fixed: Mapping[str, str]
    """Column of the contract → what all rows have, as chosen."""
    from_title: Mapping[str, str]
    """Column of the contract → what the title says, where nothing was chosen."""
    limits: tuple[str, ...]
    """Words of the title by which the figures may be no whole ones of a year: `목표`, `증가율`."""
    title_words: Mapping[str, str]
    """Column of the contract → the title that says it."""
    doubtful: tuple[str, ...]
    """Columns of the contract for which the title says more than what was understood."""
    missing: tuple[str, ...]
    """Columns of the contract that have to be chosen."""
    unknown_words: Mapping[str, tuple[str, ...]]
    """Column of the contract → words of headers and labels that are no code of it; under `TOTALS`
    parts of which none is known as the whole."""
    total_words: Mapping[str, tuple[str, ...]]
    """Column of the contract → words of totals that were set apart."""
    month_words: tuple[str, ...]
    """Months and quarters, for which yearly figures have no place."""
    filled: tuple[str, ...]
    """Headers of columns of labels whose blank cells were read as the one above."""
    remembered: bool = False
    """Whether it was chosen for an earlier table of the kind."""
    table: int = 1
    """Which table of the sheet it is, counted from 1."""
    tables: tuple[str, ...] = ()
    """First cell of the header of each table of the sheet."""

    @property
    def header_block(self) -> tuple[int, int]:
        """First line of the header and how many it has, those of units within it included."""
        first, last = self.header_lines[0], self.header_lines[-1]
        within = [line for line in self.unit_lines if first < line <= last + 1]
        return first, len(self.header_lines) + len(within)

    @property
    def asks_for_metric(self) -> bool:
        """Whether the metric stands in the title alone, so that somebody should confirm it."""
        return "metric" in self.from_title

    @property
    def is_open(self) -> bool:
        """Whether something has to be chosen before the table can be read."""
        roles = [label.column for label in self.labels] + [one.column for one in self.across]
        return bool(self.missing or self.unknown_words or self.doubtful) or None in roles

    def kind_of(self, line: int, place: int) -> Kind:
        """What a cell is."""
        for kind, lines in (
            ("title", self.title_lines),
            ("unit", self.unit_lines),
            ("header", self.header_lines),
            ("note", self.note_lines),
            ("total", self.total_lines),
        ):
            if line in lines:
                return kind  # type: ignore[return-value]
        if line not in self.data_lines:
            return "unread"
        for value in self.values:
            if value.place == place:
                return value.kind
        read = {label.place for label in self.labels if label.column != LEFT_OUT}
        return "label" if place in read else "unread"
