"""Recognise a wide table: its header rows, labels, values, totals and notes, with reasons.

What somebody chose (`Shape`) always wins; what cannot be told is left open, to be chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.contract import Contract, missing_columns
from dashboard.i18n import gettext as _
from dashboard.intake.codes import folded
from dashboard.intake.layout import (
    LEFT_OUT,
    TOTALS,
    Across,
    Label,
    Shape,
    TableLayout,
    ValueColumn,
)
from dashboard.intake.layout_title import metrics_in, read_title
from dashboard.intake.row_block import RowBlock
from dashboard.intake.several_tables import sheet_after
from dashboard.intake.sheets import Sheet, cell_name
from dashboard.intake.table_words import (
    AMOUNT,
    bare,
    is_blank,
    is_ignored_header,
    is_month,
    is_number,
    is_part_of_year,
    is_plain_heading,
    is_rate,
    is_residual,
    is_year_like,
    limits_in,
    year_and_rest,
)
from dashboard.intake.turning import filled_labels
from dashboard.intake.units import is_unit_statement, unit_of_word
from dashboard.intake.values import is_total

_SAMPLE = 200
"""Rows looked at to tell labels from numbers."""
_TABLES = 9
"""Tables of a sheet that can be told apart."""


def guess_layout(contract: Contract, sheet: Sheet, shape: Shape) -> TableLayout | None:
    """The layout of a wide table.

    Args:
        contract: of the table that is handed in.
        sheet: as read.
        shape: what was chosen; may be empty.

    Returns:
        None when the sheet holds no table with values in several columns, or in one under a header
        that says what the values are, or not as many tables as was chosen.
    """
    if not any(column.type == "number" for column in contract.fields):
        return None
    wanted, found = shape.table or 1, None
    cells: list[str] = []
    while len(cells) < _TABLES:
        is_wanted = len(cells) + 1 == wanted
        guess = _Guess(contract, sheet, shape if is_wanted else Shape())
        layout = guess.layout() if guess.has_header() else None
        if layout is None:
            break
        places = [label.place for label in layout.labels]
        places += [value.place for value in layout.values]
        # Below a heading alone the header is that of a table above: the heading is named then.
        line = max(layout.header_lines[0], sheet.lines[0].number)
        cells.append(cell_name(line, min(places)))
        found = layout if is_wanted else found
        if not layout.other_table_line:
            break
        sheet = sheet_after(sheet, layout)
    return found and replace(found, table=wanted, tables=tuple(cells))


class _Guess(RowBlock):
    """The recognition of one sheet."""

    def layout(self) -> TableLayout | None:
        """The whole layout, or None when no header says what the values are."""
        units = [row for row in self.header if self._is_unit_row(row)]
        rows = [row for row in self.header if row not in units]
        labels, values, beside = self._columns(rows)
        if not values or not (labels or self.shape.fixed or self.shape.wide):
            return None
        across = list(self._across(rows, values, labels))
        if not self._is_wide(across, labels, values):
            return None
        kept = [one for one in across if one.column != LEFT_OUT]
        ends = self._ends(labels, values)
        titles = self._title_texts() + [
            word for one in across if one.column == LEFT_OUT for word in set(one.words.values())
        ]
        labels = self._with_roles(labels, ends["data"], {one.column for one in kept})
        given = {label.column for label in labels} | {one.column for one in kept}
        given |= set(self.shape.fixed)
        of_title = read_title(self.contract, self.words, titles, given)
        texts, filled = filled_labels(
            self.sheet, [self.sheet.lines[row] for row in ends["data"]], labels
        )
        split = self._split_rows(labels, ends["data"], texts)
        columns = tuple(self._kinds(values, kept))
        parts = [list(dict.fromkeys(one.words[place] for place in values)) for one in kept
                 if one.column == TOTALS]  # fmt: skip
        parts += [list(dict.fromkeys(words.get(label.place, "") for words in texts))
                  for label in labels if label.column == TOTALS]  # fmt: skip
        at = self._numbers
        below = at(ends["other"][:1])[0] if ends["other"] else 0
        return TableLayout(
            title_lines=at(row for row in range(self.header[0]) if any(self.cells[row])),
            unit_lines=at(units),
            header_lines=at(rows),
            labels=tuple(labels),
            across=tuple(kept),
            values=columns,
            data_lines=at(split["data"]),
            total_lines=at(split["total"]),
            unread_lines=at((*split["unread"], *ends["other"])),
            note_lines=at(ends["note"]),
            other_table_line=at(rows[:1])[0] if beside else below,
            other_table_place=beside,
            fixed=dict(self.shape.fixed),
            from_title=of_title.codes,
            title_words=of_title.words,
            doubtful=of_title.doubtful,
            limits=of_title.limits,
            missing=missing_columns(self.contract, {*given, *of_title.codes, "value"}),
            unknown_words=self._unknown(kept, columns, parts),
            total_words=self._total_words(labels, texts, kept),
            month_words=tuple(word for words in parts for word in words if is_month(word)),
            filled=filled,
        )

    def _is_wide(
        self, across: Sequence[Across], labels: Sequence[Label], values: Sequence[int]
    ) -> bool:
        """Whether headers say what values are, or several columns of numbers ask what they are.

        Never where neither the table nor a header says which amount stands below, as in a list of
        events or where money may be budgeted or spent.
        """
        is_amount_known = any(one.column == AMOUNT for one in across) or any(
            column.constraints.get("required") for column in self.words.amounts
        )
        if not is_amount_known:
            return False
        if self.shape.wide or self.shape.across or any(
            one.column not in (None, TOTALS, AMOUNT, LEFT_OUT) for one in across
        ):  # fmt: skip
            return True
        below = [self._padded(row) for row in range(self.first, len(self.cells))][:_SAMPLE]
        has_years = any(
            all(is_year_like(cells[place]) for cells in below if cells[place]) for place in values
        )
        is_named = any(label.column not in (None, LEFT_OUT) for label in labels)
        open_rows = any(one.column in (None, TOTALS) for one in across)
        return len(values) > 1 and is_named and open_rows and not has_years

    def _numbers(self, rows: Sequence[int] | Iterator[int]) -> tuple[int, ...]:
        return tuple(self.sheet.lines[row].number for row in rows)

    # Columns

    def _columns(self, rows: Sequence[int]) -> tuple[list[Label], list[int], int]:
        """Columns of labels, places of values, and the place where a table at the side begins."""
        labels: list[Label] = []
        values: list[int] = []
        below = [self._padded(row) for row in range(self.first, len(self.cells))][:_SAMPLE]
        for place in range(self.width):
            header = self._header_at(rows, place)
            data = [cells[place] for cells in below if not is_blank(cells[place])]
            if not header and not data:
                continue
            if values and labels and header and self._begins_again(rows, place, header, labels[0]):
                return labels, values, place
            label = self._label(place, header, data)
            if label is not None:
                if label.column and label.column in {one.column for one in labels}:
                    label = Label(place, header, None, "")  # a further level, told by its cells
                labels.append(label)
            elif header:
                values.append(place)
        return labels, values, 0

    def _begins_again(self, rows: Sequence[int], place: int, header: str, first: Label) -> bool:
        """Whether the labels of another table begin here: the first header, or one like it."""
        if folded(header) == folded(first.header):
            return True
        known = self.words.column_of(header)
        return (
            known is not None and known == first.column and header not in self.shape.labels
            and any(self._header_at(rows, later) for later in range(place + 1, self.width))
        )  # fmt: skip

    def _header_at(self, rows: Sequence[int], place: int) -> str:
        """The lowest text of the header above a place."""
        texts = [self.grid[self.header.index(row)][place] for row in rows]
        return next((text for text in reversed(texts) if text), "")

    def _label(self, place: int, header: str, data: Sequence[str]) -> Label | None:
        """The place as a column of labels; None when it holds values."""
        chosen = self.shape.labels.get(header)
        if chosen is not None:
            return Label(place, header, chosen, _("chosen"))
        if is_ignored_header(header):
            return Label(place, header, LEFT_OUT, _("numbers its rows"))
        known = self.words.column_of(header)
        numbers = sum(map(is_number, data))
        if known is not None and not (data and numbers == len(data) and self._names_axis(header)):
            return Label(place, header, known, _("its header"))
        if not header and data and all(map(is_year_like, data)):
            return Label(place, header, "year", _("its cells"))
        if data and numbers * 2 < len(data):
            return Label(place, header, None, "")
        return None

    def _names_axis(self, header: str) -> bool:
        return self.words.code("metric", header) is not None if self._has("metric") else False

    def _with_roles(
        self, labels: Sequence[Label], rows: Sequence[int], taken: set[str | None]
    ) -> list[Label]:
        """Columns of labels with the column of the contract that their cells belong to."""
        found: list[Label] = []
        used = {column for column in taken if column} | {one.column for one in labels if one.column}
        for label in labels:
            if label.column is None:
                texts = [self._padded(row)[label.place] for row in rows]
                texts = [word for word in texts if word]
                role = self.words.role_of(texts, used)
                reason = _("its cells")
                if role is None and texts and any(is_total(word) for word in texts):
                    role, reason = TOTALS, _("sums and their parts")
                if role is None and texts and all(map(is_month, texts)):
                    role, reason = TOTALS, _("months or quarters")
                if role:
                    used.add(role)
                label = Label(label.place, label.header, role, reason if role is not None else "")
            found.append(label)
        return found

    # Header rows

    def _across(
        self, rows: Sequence[int], values: Sequence[int], labels: Sequence[Label]
    ) -> Iterator[Across]:
        taken = {label.column for label in labels if label.column}
        number = 0
        for at, row in enumerate(rows):
            texts = self._filled(rows, at, values)
            if not any(texts.values()):
                continue
            line = self.sheet.lines[row].number
            parts = [year_and_rest(word) for word in texts.values() if not is_total(bare(word))]
            if parts and sum(part is not None for part in parts) >= len(parts) * 0.6:
                for side in (0, 1):
                    number += 1
                    words = {
                        place: (year_and_rest(word) or (word, word))[side]
                        for place, word in texts.items()
                    }
                    yield self._role(line, number, words, taken)
                continue
            number += 1
            one = self._role(line, number, texts, taken)
            if one.column:
                taken.add(one.column)
            yield one

    def _role(self, line: int, number: int, words: dict[int, str], taken: set[str]) -> Across:
        """What a header row says."""
        chosen = self.shape.across.get(str(number))
        if chosen is not None:
            return Across(line, number, words, chosen, _("chosen"))
        texts = list(dict.fromkeys(word for word in words.values() if word))
        role = self.words.role_of(texts, taken)
        if role is not None:
            return Across(line, number, words, role, _("its words"))
        parts = [word for word in texts if not is_total(bare(word))]
        if parts and all(self.words.amount_of(word) for word in parts):
            several = len(self.words.amounts) > 1
            return Across(line, number, words, AMOUNT if several else LEFT_OUT, _("its words"))
        if any(is_month(word) for word in parts):
            return Across(line, number, words, TOTALS, _("months or quarters"))
        if len(parts) < len(texts):
            return Across(line, number, words, TOTALS, _("sums and their parts"))
        if len(texts) == 1 and self._says_nothing(texts[0]):
            return Across(line, number, words, LEFT_OUT, _("one heading for all"))
        return Across(line, number, words, None, "")

    def _says_nothing(self, heading: str) -> bool:
        """Whether one heading above all values leaves them what they are, unlike `여자`, `목표`."""
        word = bare(heading)
        if limits_in(word):
            return False
        known = self.words.column_of(word) or metrics_in(self.contract, "metric", word)[0]
        return bool(known) or unit_of_word(heading) is not None or is_plain_heading(word)

    def _kinds(self, values: Sequence[int], across: Sequence[Across]) -> Iterator[ValueColumn]:
        """Which columns of values are read, which are totals, which have no place."""
        parts = self._parts_of_years(values, across)
        for place in values:
            kind = ValueColumn(place, "number")
            for one in across:
                word = one.words.get(place, "")
                kind = self._kind(place, word, one.column) or kind
                if kind.kind == "number" and place in parts and self.words.chosen(word) != "*":
                    kind = ValueColumn(place, "unread", _("the sum of a part of the year"))
                if kind.kind != "number":
                    break
            yield kind

    def _parts_of_years(self, values: Sequence[int], across: Sequence[Across]) -> set[int]:
        """Places of sums of fewer months than a year has, which are no figures of the year."""
        found: set[int] = set()
        for one in across:
            if one.column != TOTALS:
                continue
            groups: dict[tuple[str, ...], list[int]] = {}
            for place in values:
                others = tuple(other.words.get(place, "") for other in across if other is not one)
                groups.setdefault(others, []).append(place)
            for places in groups.values():
                if is_part_of_year(one.words.get(place, "") for place in places):
                    found |= {at for at in places if is_total(bare(one.words.get(at, "")))}
        return found

    def _kind(self, place: int, word: str, column: str | None) -> ValueColumn | None:
        chosen = self.words.chosen(word)
        if chosen == "":
            return ValueColumn(place, "unread", word)
        if chosen:
            return None
        total = is_total(bare(word))
        if column == TOTALS:
            return None if total or not word else ValueColumn(place, "unread", word)
        if total:
            return ValueColumn(place, "total", word)
        if column and self.words.code(column, word) is None:
            return ValueColumn(place, "unread", word)
        return None

    def _unknown(
        self,
        across: Sequence[Across],
        columns: Sequence[ValueColumn],
        parts: Sequence[Sequence[str]],
    ) -> Mapping[str, tuple[str, ...]]:
        """Words of the header that stand for something, and nobody knows for what.

        Of parts that the record does not have, one has to be known as the whole.
        """
        found: dict[str, tuple[str, ...]] = {}
        for words in parts:
            if words and not any(
                not word or is_total(bare(word)) or is_month(word)
                or self.words.chosen(word) is not None
                for word in words
            ):  # fmt: skip
                found[TOTALS] = (*found.get(TOTALS, ()), *words)
        unread = {column.place for column in columns if column.kind == "unread"}
        for one in across:
            if not one.column or one.column in (AMOUNT, "year"):
                continue
            unknown = dict.fromkeys(
                word
                for place, word in one.words.items()
                if place in unread and self.words.chosen(word) is None and word
                and not is_residual(word) and not is_rate(word)
                and self.words.code(one.column, word) is None and not is_total(bare(word))
            )  # fmt: skip
            if unknown:
                found[one.column] = (*found.get(one.column, ()), *unknown)
        return found

    # What the title says

    def _title_texts(self) -> list[str]:
        return [
            cell
            for row in range(self.header[0])
            for cell in self.cells[row]
            if cell and not is_unit_statement(cell)
        ]
