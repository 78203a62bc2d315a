"""Numbers with their unit: of the cell itself, else of the row, the header or the table."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.contract import Contract, Field, is_quantity
from dashboard.intake.chosen_words import chosen_amount
from dashboard.intake.codes import unit_of
from dashboard.intake.delivery import Delivery, SourceRow
from dashboard.intake.formats.number_formats import NumberFormat, number_format
from dashboard.intake.korean_numerals import Meaning
from dashboard.intake.sheets import cell_name
from dashboard.intake.units import (
    Family,
    UnclearUnit,
    Unit,
    choices_for,
    family_of,
    scale_for,
    scaled,
    unit_in_cell,
    unit_of_word,
)
from dashboard.intake.values import number, plain

UNCLEAR = "amount-unclear"
"""Rule of an amount that leaves a unit out."""
_SMALL_MONEY = 1_000_000
"""Won below which a bare number beside numbers of millions is asked for."""
Found = Callable[..., None]
"""Called with line, column, value, rule, what is expected, and severity where it is no error."""


def row_unit(delivery: Delivery, source: SourceRow) -> Unit | None:
    """The unit that a column of units gives for the whole row, if it has a scale: `천명`."""
    place = delivery.unit_place
    return unit_of_word(source.cells[place]) if place is not None else None


def meanings_words(text: str, found: Sequence[Meaning]) -> str:
    """What an amount may mean, and how one of them is chosen on the command line."""
    words = json.dumps({"words": {text: found[0].digits}}, ensure_ascii=False)
    return f"{', '.join(one.shown for one in found)} (--shape {words})"


@dataclass
class Amounts:
    """Reads the amounts of the rows of one delivery; what is unclear is found once a column."""

    contract: Contract
    delivery: Delivery
    find: Found
    _asked: set[tuple[str, str, Family]] = field(default_factory=set)
    _bare: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Column of won → the first small number without any unit."""
    _large: set[str] = field(default_factory=set)
    """Columns of won in which a number says its own unit."""

    def read(
        self, line: int, source: SourceRow, cells: Mapping[str, str], row: dict[str, str | None]
    ) -> None:
        """Put the amounts of a row into it, each times its unit.

        Args:
            line: number of the row.
            source: the row as it stands in the file.
            cells: column → cell as written.
            row: the row of the record, in normal form but for its amounts.
        """
        unit = row_unit(self.delivery, source)
        for column in self.contract.fields:
            text = plain(cells.get(column.name, ""))
            if is_quantity(column) and number(text) is not None:
                family = self._family(column, row)
                words = self.delivery.shape.words
                chosen, unclear = chosen_amount(text, family == "krw", words)
                if unclear:
                    self.find(line, column, text, UNCLEAR, meanings_words(text, unclear))
                shown = self._format(column.name, source)
                amount = self._amount(line, column, text, family, unit, shown)
                row[column.name] = chosen or amount

    def finish(self) -> None:
        """Ask for the unit of columns in which millions and single won stand mixed."""
        for name in self._large & self._bare.keys():
            line, text = self._bare[name]
            column = self.contract.column(name)
            self.find(line, column, text, "unit-mixed", ", ".join(choices_for("krw")))

    def _family(self, column: Field, row: Mapping[str, str | None]) -> Family:
        if column.unit:
            return family_of(column.unit)
        metric = row.get("metric")
        return family_of((unit_of(metric) if metric else None) or row.get("unit"))

    def _amount(
        self,
        line: int,
        column: Field,
        text: str,
        family: Family,
        unit: Unit | None,
        shown: NumberFormat,
    ) -> str | None:
        own = unit_in_cell(text)
        if own is not None:
            self._large.add(column.name)
            if own.family and family and own.family != family:
                self.find(line, column, text, "unit-cell", ", ".join(choices_for(family)))
            self._say_scaled(line, column, text, shown)
            return number(text)
        try:
            stated = self._stated(column, family, unit)
            if not stated and family == "krw" and self.delivery.layout is not None:
                raise UnclearUnit("unit-missing", text)
            scale = scale_for(stated, family)
            is_chosen = column.name in self.delivery.shape.units
            if shown.thousands and scale != 1000**shown.thousands and not is_chosen:
                raise UnclearUnit("unit-format", f"{text} ({shown.code})")
        except UnclearUnit as unclear:
            self._ask(line, column, family, unclear)
            return number(text)
        if not stated and family == "krw" and 0 < abs(Decimal(number(text) or 0)) < _SMALL_MONEY:
            self._bare.setdefault(column.name, (line, text))
        return scaled(text, scale) if scale != 1 else number(text)

    def _format(self, name: str, source: SourceRow) -> NumberFormat:
        """The number format of the cell that an amount comes from."""
        places = [place for place, one in enumerate(self.delivery.columns) if one == name]
        if not self.delivery.formats or not places:
            return number_format("")
        cell = source.origins.get(name) or cell_name(source.line, places[0])
        return number_format(self.delivery.formats.get(cell, ""))

    def _say_scaled(self, line: int, column: Field, text: str, shown: NumberFormat) -> None:
        """Say that a unit of the number format multiplies what the cell holds, once a column."""
        stored = number(text.removeprefix(shown.before).removesuffix(shown.after))
        value = number(text)
        if not shown.after or stored is None or value is None or shown.thousands:
            return
        if value != stored and (column.name, shown.code, "") not in self._asked:
            self._asked.add((column.name, shown.code, ""))
            expected = f"{Decimal(stored):,f} → {Decimal(value):,f}"
            self.find(line, column, text, "scaled-format", expected, "warning")

    def _stated(self, column: Field, family: Family, unit: Unit | None) -> tuple[Unit, ...]:
        """The units of a cell: of its row, unless another was chosen or the table contradicts it.

        Raises:
            UnclearUnit: `unit-twice`, where the table says thousands and the row single ones.
        """
        places = [place for place, name in enumerate(self.delivery.columns) if name == column.name]
        stated = self.delivery.units.get(places[0], ()) if places else ()
        if unit is None or self.delivery.layout is not None:
            return stated if unit is None else (unit,)
        if column.name in self.delivery.shape.units:
            return stated if any(one.family == family for one in stated) else (unit,)
        scales = {one.scale for one in stated if one.family in ("", family)}
        if unit.scale == 1 and scales and 1 not in scales:
            raise UnclearUnit("unit-twice", ", ".join(one.text for one in (*stated, unit)))
        return (unit,)

    def _ask(self, line: int, column: Field, family: Family, unclear: UnclearUnit) -> None:
        asked = (column.name, unclear.rule, family)
        if asked not in self._asked:
            self._asked.add(asked)
            choices = ", ".join(choices_for(family))
            self.find(line, column, unclear.written, unclear.rule, choices)
