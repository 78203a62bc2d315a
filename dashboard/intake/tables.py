"""A sheet → the table in it: a list with one value a row, or a wide table that is turned."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.access import NATION
from dashboard.contract import Contract, is_quantity, missing_columns
from dashboard.errors import UsageError
from dashboard.intake.codes import folded
from dashboard.intake.delivery import SourceRow
from dashboard.intake.header_block import header_of_lines
from dashboard.intake.headers import Header, shape_of
from dashboard.intake.layout import Shape, TableLayout, shape_from
from dashboard.intake.layout_guess import guess_layout
from dashboard.intake.sheets import ROW_LIMIT, Line, Sheet
from dashboard.intake.table_words import is_note, unit_row
from dashboard.intake.turning import turned_rows, units_in_title
from dashboard.intake.units import (
    UnclearUnit,
    Unit,
    chosen_units,
    header_units,
    note_units,
    unit_of_word,
)
from dashboard.store.ledger import Ledger

STREAM = "table-shapes"
"""Stream of the ledger that remembers what was chosen about tables of a kind."""
VISITS = "patient_visits"
_SHOWN = 12


@dataclass(frozen=True)
class Table:
    """A sheet with the reading that fits it."""

    sheet: Sheet
    header: Header | None
    layout: TableLayout | None
    shape: Shape
    key: str
    """Tells tables of one kind from others."""
    is_whole_list: bool = False
    """Whether the header of a list has all columns that are needed."""

    @property
    def fit(self) -> tuple[bool, int]:
        """How well the sheet can be read; the best one of a workbook is taken."""
        if self.layout is not None:
            return not self.layout.is_open, len(self.layout.labels) + len(self.layout.values)
        return self.is_whole_list, len(self.header.mapping) if self.header else 0


def understand(
    contract: Contract,
    sheet: Sheet,
    header: Header | None,
    is_mapped: bool,
    shape: Shape | None,
    remembered: Mapping[str, Shape],
) -> Table:
    """Read a sheet as a list where its header has all columns, else as a wide table if it is one.

    Args:
        contract: of the table that is handed in.
        sheet: as read.
        header: the header of a list, as far as one was found.
        is_mapped: whether somebody chose which header is which column: then it is a list.
        shape: what was chosen about the table; None takes what is remembered.
        remembered: key → shape, of former choices.
    """
    key = _key_of_list(contract, header)
    chosen = shape if shape is not None else remembered.get(key, Shape())
    is_list = header is not None and not missing_columns(contract, {*header.columns, *chosen.fixed})
    if contract.name == VISITS or chosen.wide is False or (
        (is_list or is_mapped) and not chosen.wide
    ):  # fmt: skip
        return Table(sheet, header, None, chosen, key, is_list)
    layout = guess_layout(contract, sheet, Shape())
    if layout is not None:  # whatever is chosen, so that the next table of the kind finds it
        key = _key_of_layout(contract, layout)
    if shape is None:
        chosen = remembered.get(key, Shape())
    if not chosen.is_empty:
        again = guess_layout(contract, sheet, chosen)
        if again is not None or shape is not None:
            layout = again and replace(again, remembered=shape is None)
    return Table(sheet, header, layout, chosen, key)


def understood_shape(table_layout: TableLayout, shape: Shape) -> Shape:
    """All that was recognised or chosen about a table, as a shape that can be written down."""
    return replace(
        shape,
        wide=True,
        labels={
            label.header: label.column
            for label in table_layout.labels
            if label.header and label.column is not None
        },
        across={
            str(across.number): across.column
            for across in table_layout.across
            if across.column is not None
        },
        fixed={**table_layout.from_title, **table_layout.fixed},
    )


def turn(contract: Contract, table: Table) -> tuple[Header, list[SourceRow]]:
    """The long rows of a wide table, under the titles of the contract."""
    layout, shape = table.layout, table.shape
    assert layout is not None
    columns, rows = turned_rows(contract, table.sheet, layout, shape, ROW_LIMIT)
    stated = units_in_title(table.sheet, layout)
    units: dict[int, tuple[Unit, ...]] = {}
    for place, name in enumerate(columns):
        if is_quantity(contract.column(name)):
            own = tuple(
                unit
                for across in layout.across
                for word in dict.fromkeys(across.words.values())
                if contract.column(name).unit
                for unit in header_units(word)
            )
            units[place] = with_choice(own or stated, shape.units.get(name, ""))
    titles_ = tuple(contract.column(name).heading for name in columns)
    return Header(0, titles_, columns, layout.remembered, units), rows


def with_choice(stated: tuple[Unit, ...], chosen: str) -> tuple[Unit, ...]:
    """Units as chosen, with those stated beside them that measure something else.

    Raises:
        UsageError: what was chosen is no unit.
    """
    if not chosen:
        return stated
    try:
        units = chosen_units(chosen)
    except UnclearUnit:
        raise UsageError(
            "There is no such unit", chosen, "Write --unit COLUMN=천원, 백만원, 억원, 명 or 천명."
        ) from None
    families = {unit.family for unit in units}
    rest = tuple(unit for unit in stated if unit.family and unit.family not in families)
    return (*units, *rest)


def chosen_header(contract: Contract, header: Header, shape: Shape) -> Header:
    """The header of a list with the units that were chosen, by column or by header."""
    units = dict(header.units)
    for place, (text, name) in enumerate(zip(header.headers, header.columns, strict=True)):
        if name is not None and is_quantity(contract.column(name)):
            stated = units.get(place, ())
            units[place] = with_choice(stated, shape.units.get(name) or shape.units.get(text, ""))
    return replace(header, units=units)


def list_rows(contract: Contract, table: Table) -> tuple[Header, Sequence[Line], tuple[int, ...]]:
    """Header and rows of a list: merged cells filled, units in a row of their own, notes apart.

    Returns:
        The header, the lines below it that are rows, and the lines of notes.
    """
    header = table.header
    assert header is not None
    lines = list(table.sheet.lines[header.place + 1 :])
    if lines and unit_row(lines[0].cells) and len(lines) > 1:
        units = dict(header.units)
        for place, cell in enumerate(lines.pop(0).cells[: len(header.columns)]):
            unit, name = unit_of_word(cell), header.columns[place]
            if unit is not None and name is not None and is_quantity(contract.column(name)):
                units[place] = (unit,)
        header = replace(header, units=units)
    below = tuple(unit for line in lines if is_note(line.cells) for unit in note_units(line.cells))
    if below and not header.units:
        amounts = (
            place
            for place, name in enumerate(header.columns)
            if name is not None and is_quantity(contract.column(name))
        )
        header = replace(header, units=dict.fromkeys(amounts, below))
    header = chosen_header(contract, header, table.shape)
    notes = [line.number for line in lines if is_note(line.cells) and len(header.headers) > 1]
    kept = [line for line in lines if line.number not in set(notes)]
    return header, header_of_lines(kept, table.sheet.merges), tuple(notes)


def _key_of_list(contract: Contract, header: Header | None) -> str:
    return shape_of(contract.name, header.headers) if header else ""


def _key_of_layout(contract: Contract, layout: TableLayout) -> str:
    """The same for the next table of the kind: further years, regions and rows make no other."""
    content: list[object] = [contract.name, *(folded(label.header) for label in layout.labels)]
    for across in layout.across:
        words = {re.sub(r"\d+", "#", folded(word)) for word in across.words.values()}
        content.append(across.column if across.column else sorted(words))
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def remembered_shapes(ledger: Ledger, region: str) -> dict[str, Shape]:
    """Key → the shape chosen last for it, by the region itself or for all of them."""
    return {
        entry.content["key"]: shape_from(entry.content["shape"])
        for entry in ledger.entries(STREAM)
        if entry.content.get("region", NATION) in (region, NATION)
    }


def remember_shape(
    ledger: Ledger, table: str, key: str, shape: Shape, by: str, region: str
) -> None:
    """Keep what was chosen for the region's next table of the kind; the nation's is everybody's."""
    if remembered_shapes(ledger, region).get(key) != shape:
        content = {"table": table, "key": key, "shape": shape.as_dict(), "region": region}
        ledger.append(STREAM, "chosen", by, content)
