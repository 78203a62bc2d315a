"""The rows below the header of a table: those that are read, totals, notes, and another table."""

from collections.abc import Mapping, Sequence

from dashboard.intake.codes import folded
from dashboard.intake.header_block import HeaderBlock
from dashboard.intake.layout import LEFT_OUT, TOTALS, Across, Label
from dashboard.intake.layout_title import metrics_in
from dashboard.intake.table_words import (
    bare,
    is_blank,
    is_group,
    is_note,
    is_number,
    is_part_of_year,
    is_residual,
    is_year_like,
    limits_in,
)
from dashboard.intake.units import header_units, is_unit_statement
from dashboard.intake.values import is_total

_PLACES = 2
"""Values in a row from which its texts make it the header of another table."""


class RowBlock(HeaderBlock):
    """The header of a sheet, and what the rows below it are."""

    def _has(self, name: str) -> bool:
        return any(column.name == name for column in self.contract.fields)

    def _ends(self, labels: Sequence[Label], values: Sequence[int]) -> dict[str, list[int]]:
        """Rows below the header: of the table, notes, and those of another table."""
        data: list[int] = []
        notes: list[int] = []
        for row in range(self.first, len(self.cells)):
            cells = self._padded(row)
            if not any(self.cells[row]):
                continue
            written = [cells[place] for place in values if not is_blank(cells[place])]
            first_text = next((cell for cell in self.cells[row] if cell), "")
            is_other = self._is_heading(row, labels, values) or self._is_header_again(
                written, cells, labels, values
            )
            if data and is_other:
                return {"data": data, "note": notes, "other": list(range(row, len(self.cells)))}
            if is_note(self.cells[row]) or (
                not written and sum(map(bool, self.cells[row])) == 1 and first_text == cells[0]
                and not self._has_numbers(self._next(row), values)
            ):  # fmt: skip
                notes.append(row)
            elif written or any(cells[label.place] for label in labels):
                data.append(row)
        return {"data": data, "note": notes, "other": []}

    def _next(self, row: int) -> int:
        """The next row that is not blank."""
        return next((at for at in range(row + 1, len(self.cells)) if any(self.cells[at])), row + 1)

    def _is_heading(self, row: int, labels: Sequence[Label], values: Sequence[int]) -> bool:
        """Whether one text stands above rows of another table that repeats no header.

        Groups of the labels (`수도권`, `아시아`) are none, unless they say another quantity.
        """
        filled = [(place, cell) for place, cell in enumerate(self.cells[row]) if cell]
        texts = [(place, cell) for place, cell in filled if not is_unit_statement(cell)]
        later = self._next(row)
        if len(texts) > 1 or not self._has_numbers(later, values) or not labels:
            return False
        if not texts:
            return bool(filled)
        ((place, text),) = texts
        if is_number(text) or is_blank(text):
            return False
        if len(filled) > 1 or self._names_quantity(text):
            return True
        below = self._padded(later)[place] if place < self.width else ""
        known = (one.name for one in self.contract.fields if one.codes or one.type == "year")
        return (
            place == labels[0].place and bool(below) and not is_note(self.cells[row])
            and not is_group(text) and self.words.chosen(text) is None
            and all(self.words.code(name, text) is None for name in known)
        )  # fmt: skip

    def _names_quantity(self, text: str) -> bool:
        if self._has("metric") and (
            metrics_in(self.contract, "metric", text)[0]
            or self.words.code("metric", text) is not None
        ):
            return True
        return bool(limits_in(text) or header_units(text) or self.words.amount_of(text))

    def _has_numbers(self, row: int, values: Sequence[int]) -> bool:
        return row < len(self.cells) and any(
            is_number(cell) and not is_year_like(cell)
            for cell in (self._padded(row)[at] for at in values)
        )

    def _is_header_again(
        self,
        written: Sequence[str],
        cells: Sequence[str],
        labels: Sequence[Label],
        values: Sequence[int],
    ) -> bool:
        texts = [cell for cell in written if not is_number(cell)]
        above = {self.grid[at][place] for at in range(len(self.header)) for place in values}
        again = [cell for cell in written if cell in above and is_year_like(cell)]
        few = min(_PLACES, len(values))
        first = cells[labels[0].place] if labels else ""
        is_label_again = bool(first) and (
            folded(first) == folded(labels[0].header) or self.words.column_of(first) is not None
        )
        return bool(written) and (
            (
                is_label_again
                and not any(is_number(cell) and not is_year_like(cell) for cell in written)
            )
            or (len(texts) == len(written) and len(texts) >= few and few > 1)
            or (len(again) == len(written) and len(again) >= _PLACES)
        )

    def _total_words(
        self,
        labels: Sequence[Label],
        texts: Sequence[Mapping[int, str]],
        across: Sequence[Across],
    ) -> Mapping[str, tuple[str, ...]]:
        """Words of totals by the column of codes that they stand in."""
        words = [(label.column, words.get(label.place, "")) for words in texts for label in labels]
        words += [(one.column, word) for one in across for word in one.words.values()]
        found: dict[str, dict[str, None]] = {}
        for name, word in words:
            if name and self._has(name) and self.contract.column(name).codes and (
                is_total(bare(word))
            ):  # fmt: skip
                found.setdefault(name, {})[word] = None
        return {name: tuple(totals) for name, totals in found.items()}

    def _split_rows(
        self, labels: Sequence[Label], rows: Sequence[int], texts: Sequence[Mapping[int, str]]
    ) -> dict[str, list[int]]:
        """Rows that are read, totals, and parts without a place."""
        split: dict[str, list[int]] = {"data": [], "total": [], "unread": []}
        parts = self._rows_of_parts(labels, rows, texts)
        for row, words in zip(rows, texts, strict=True):
            if row in parts:
                split["unread"].append(row)
                continue
            kind = "data"
            for label in labels:
                word = words.get(label.place, "")
                kind = self._row_kind(word, label) or kind
                if kind != "data":
                    break
            split[kind].append(row)
        return split

    def _rows_of_parts(
        self, labels: Sequence[Label], rows: Sequence[int], texts: Sequence[Mapping[int, str]]
    ) -> set[int]:
        """Rows of sums of fewer months than a year has."""
        found: set[int] = set()
        for label in labels:
            if label.column != TOTALS:
                continue
            groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
            for row, words in zip(rows, texts, strict=True):
                others = tuple(words.get(one.place, "") for one in labels if one is not label)
                groups.setdefault(others, []).append((row, words.get(label.place, "")))
            for group in groups.values():
                if is_part_of_year(word for _row, word in group):
                    found |= {
                        row
                        for row, word in group
                        if is_total(bare(word)) and not self.words.chosen(word)
                    }
        return found

    def _row_kind(self, word: str, label: Label) -> str | None:
        chosen = self.words.chosen(word) if label.column != LEFT_OUT else None
        if chosen == "":
            return "unread"
        if chosen or not word or label.column == LEFT_OUT:
            return None
        total = is_total(bare(word))
        if label.column == TOTALS:
            return None if total else "unread"
        coded = label.column and self._has(label.column) and self._column_has_codes(label.column)
        if coded and is_residual(word) and self.words.code(str(label.column), word) is None:
            return "unread"
        return "total" if total and coded else None

    def _column_has_codes(self, name: str) -> bool:
        column = self.contract.column(name)
        return bool(column.codes) or column.type == "year"
