"""Recognise a wide table: its header rows, labels, values, totals and notes, with reasons.

What somebody chose (`Shape`) always wins; what cannot be told is left open, to be chosen.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from dashboard.i18n import gettext as _
from dashboard.intake.codes import folded, names
from dashboard.intake.contract import Contract, missing_columns
from dashboard.intake.header_block import HeaderBlock
from dashboard.intake.layout import (
    LEFT_OUT,
    TOTALS,
    Across,
    Label,
    Shape,
    TableLayout,
    ValueColumn,
)
from dashboard.intake.sheets import Sheet
from dashboard.intake.table_words import (
    AMOUNT,
    bare,
    is_blank,
    is_ignored_header,
    is_month,
    is_note,
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
_PLACES = 2
"""Values in a row from which its texts make it the header of another table."""


def guess_layout(contract: Contract, sheet: Sheet, shape: Shape) -> TableLayout | None:
    """The layout of a wide table.

    Args:
        contract: of the table that is handed in.
        sheet: as read.
        shape: what was chosen; may be empty.

    Returns:
        None when the sheet holds no table with values in several columns, or in one under a header
        that says what the values are.
    """
    if not any(column.type == "number" for column in contract.fields):
        return None
    guess = _Guess(contract, sheet, shape)
    return guess.layout() if guess.has_header() else None


class _Guess(HeaderBlock):
    """The recognition of one sheet."""

    def layout(self) -> TableLayout | None:
        """The whole layout, or None when no header says what the values are."""
        units = [row for row in self.header if self._is_unit_row(row)]
        rows = [row for row in self.header if row not in units]
        labels, values, other = self._columns(rows)
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
        from_title = self._from_title(titles, given)
        split, filled = self._split_rows(labels, ends["data"])
        columns = tuple(self._kinds(values, kept))
        at = self._numbers
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
            other_table_line=at(ends["other"][:1])[0] if ends["other"] else other,
            fixed=dict(self.shape.fixed),
            from_title=from_title,
            limits=self._limits(" ".join(titles)),
            missing=missing_columns(self.contract, {*given, *from_title, "value"}),
            unknown_words=self._unknown(kept, columns),
            filled=filled,
        )

    def _is_wide(
        self, across: Sequence[Across], labels: Sequence[Label], values: Sequence[int]
    ) -> bool:
        """Whether headers say what values are, or several columns of numbers ask what they are."""
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
        """Columns of labels, places of values, and where a table at the side begins."""
        labels: list[Label] = []
        values: list[int] = []
        below = [self._padded(row) for row in range(self.first, len(self.cells))][:_SAMPLE]
        for place in range(self.width):
            header = self._header_at(rows, place)
            data = [cells[place] for cells in below if not is_blank(cells[place])]
            if not header and not data:
                continue
            if values and labels and header and folded(header) == folded(labels[0].header):
                return labels, values, self.sheet.lines[rows[0]].number
            label = self._label(place, header, data)
            if label is not None:
                if label.column and label.column in {one.column for one in labels}:
                    label = Label(place, header, None, "")  # a further level, told by its cells
                labels.append(label)
            elif header:
                values.append(place)
        return labels, values, 0

    def _header_at(self, rows: Sequence[int], place: int) -> str:
        """The lowest text of the header above a place."""
        told = [self.grid[self.header.index(row)][place] for row in rows]
        return next((text for text in reversed(told) if text), "")

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

    def _has(self, name: str) -> bool:
        return any(column.name == name for column in self.contract.fields)

    def _with_roles(
        self, labels: Sequence[Label], rows: Sequence[int], taken: set[str | None]
    ) -> list[Label]:
        """Columns of labels with the column of the contract that their cells belong to."""
        found: list[Label] = []
        used = {column for column in taken if column} | {one.column for one in labels if one.column}
        for label in labels:
            if label.column is None:
                told = [self._padded(row)[label.place] for row in rows]
                told = [word for word in told if word]
                role = self.words.role_of(told, used)
                reason = _("its cells")
                if role is None and told and any(is_total(word) for word in told):
                    role, reason = TOTALS, _("sums and their parts")
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
            told = self._filled(rows, at, values)
            if not any(told.values()):
                continue
            line = self.sheet.lines[row].number
            parts = [year_and_rest(word) for word in told.values() if not is_total(bare(word))]
            if parts and sum(part is not None for part in parts) >= len(parts) * 0.6:
                for side in (0, 1):
                    number += 1
                    words = {
                        place: (year_and_rest(word) or (word, word))[side]
                        for place, word in told.items()
                    }
                    yield self._role(line, number, words, taken)
                continue
            number += 1
            one = self._role(line, number, told, taken)
            if one.column:
                taken.add(one.column)
            yield one

    def _role(self, line: int, number: int, words: dict[int, str], taken: set[str]) -> Across:
        """What a header row says."""
        chosen = self.shape.across.get(str(number))
        if chosen is not None:
            return Across(line, number, words, chosen, _("chosen"))
        told = list(dict.fromkeys(word for word in words.values() if word))
        role = self.words.role_of(told, taken)
        if role is not None:
            return Across(line, number, words, role, _("its words"))
        parts = [word for word in told if not is_total(bare(word))]
        if parts and all(self.words.amount_of(word) for word in parts):
            several = len(self.words.amounts) > 1
            return Across(line, number, words, AMOUNT if several else LEFT_OUT, _("its words"))
        if any(is_month(word) for word in parts):
            return Across(line, number, words, TOTALS, _("months or quarters"))
        if len(parts) < len(told):
            return Across(line, number, words, TOTALS, _("sums and their parts"))
        if len(told) == 1 and self._says_nothing(told[0]):
            return Across(line, number, words, LEFT_OUT, _("one heading for all"))
        return Across(line, number, words, None, "")

    def _says_nothing(self, heading: str) -> bool:
        """Whether one heading above all values leaves them what they are, unlike `여자`, `목표`."""
        word = bare(heading)
        if limits_in(word):
            return False
        known = self.words.column_of(word) or self._metrics_in("metric", word)
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
        if chosen == "*":
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
        self, across: Sequence[Across], columns: Sequence[ValueColumn]
    ) -> Mapping[str, tuple[str, ...]]:
        """Words of the header that stand for something, and nobody knows for what."""
        found: dict[str, tuple[str, ...]] = {}
        unread = {column.place for column in columns if column.kind == "unread"}
        for one in across:
            if not one.column or one.column in (AMOUNT, "year"):
                continue
            words = dict.fromkeys(
                word
                for place, word in one.words.items()
                if place in unread and self.words.chosen(word) is None and word
                and not is_residual(word) and not is_rate(word)
                and self.words.code(one.column, word) is None and not is_total(bare(word))
            )  # fmt: skip
            if words:
                found[one.column] = (*found.get(one.column, ()), *words)
        return found

    # Rows

    def _ends(self, labels: Sequence[Label], values: Sequence[int]) -> dict[str, list[int]]:
        """Rows below the header: of the table, notes, and those of another table."""
        data: list[int] = []
        notes: list[int] = []
        for row in range(self.first, len(self.cells)):
            cells = self._padded(row)
            if not any(self.cells[row]):
                continue
            told = [cells[place] for place in values if not is_blank(cells[place])]
            first_text = next((cell for cell in self.cells[row] if cell), "")
            if is_note(self.cells[row]) or (
                not told and sum(map(bool, self.cells[row])) == 1 and first_text == cells[0]
                and not any(self._has_numbers(later, values) for later in (row + 1,))
            ):  # fmt: skip
                notes.append(row)
            elif data and self._is_header_again(told, cells, values):
                return {"data": data, "note": notes, "other": list(range(row, len(self.cells)))}
            elif told or any(cells[label.place] for label in labels):
                data.append(row)
        return {"data": data, "note": notes, "other": []}

    def _has_numbers(self, row: int, values: Sequence[int]) -> bool:
        return row < len(self.cells) and any(is_number(self._padded(row)[at]) for at in values)

    def _is_header_again(
        self, told: Sequence[str], cells: Sequence[str], values: Sequence[int]
    ) -> bool:
        texts = [cell for cell in told if not is_number(cell)]
        above = {self.grid[at][place] for at in range(len(self.header)) for place in values}
        again = [cell for cell in told if cell in above and is_year_like(cell)]
        few = min(_PLACES, len(values))
        return bool(told) and (
            (len(texts) == len(told) and len(texts) >= few and few > 1)
            or (len(again) == len(told) and len(again) >= _PLACES)
        )

    def _split_rows(
        self, labels: Sequence[Label], rows: Sequence[int]
    ) -> tuple[dict[str, list[int]], tuple[str, ...]]:
        """Rows that are read, totals, and parts without a place; and columns filled down."""
        split: dict[str, list[int]] = {"data": [], "total": [], "unread": []}
        told, filled = filled_labels(self.sheet, [self.sheet.lines[row] for row in rows], labels)
        parts = self._rows_of_parts(labels, rows, told)
        for row, words in zip(rows, told, strict=True):
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
        return split, filled

    def _rows_of_parts(
        self, labels: Sequence[Label], rows: Sequence[int], told: Sequence[Mapping[int, str]]
    ) -> set[int]:
        """Rows of sums of fewer months than a year has."""
        found: set[int] = set()
        for label in labels:
            if label.column != TOTALS:
                continue
            groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
            for row, words in zip(rows, told, strict=True):
                others = tuple(words.get(one.place, "") for one in labels if one is not label)
                groups.setdefault(others, []).append((row, words.get(label.place, "")))
            for group in groups.values():
                if is_part_of_year(word for _row, word in group):
                    found |= {
                        row
                        for row, word in group
                        if is_total(bare(word)) and self.words.chosen(word) != "*"
                    }
        return found

    def _row_kind(self, word: str, label: Label) -> str | None:
        chosen = self.words.chosen(word) if label.column != LEFT_OUT else None
        if chosen == "":
            return "unread"
        if chosen == "*" or not word or label.column == LEFT_OUT:
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

    # What the title says

    def _title_texts(self) -> list[str]:
        return [
            cell
            for row in range(self.header[0])
            for cell in self.cells[row]
            if cell and not is_unit_statement(cell)
        ]

    def _from_title(self, titles: Sequence[str], given: set[str | None]) -> dict[str, str]:
        text = " ".join(titles)
        found: dict[str, str] = {}
        limited = bool(self._limits(text))
        for column in self.contract.fields:
            if column.name in given or not column.constraints.get("required"):
                continue
            codes: set[str] = set()
            if column.codes in ("period", "status"):
                codes = self._words_in(column.name, text)
            elif limited and column.codes != "region":
                continue  # what the title says of the figures has to be chosen
            elif column.type == "year":
                codes = set(re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", text))
            elif column.codes == "region":
                codes = self._words_in(column.name, text)
            elif column.codes == "metric":
                codes = self._metrics_in(column.name, text)
            if len(codes) == 1:
                found[column.name] = codes.pop()
        return found

    def _limits(self, text: str) -> tuple[str, ...]:
        """Words of a title that make the figures something else than those of a whole year.

        Words within the name of a metric, and those that the record has a period or a state for,
        are none.
        """
        rest = re.sub(r"\s+", "", text.casefold())
        metrics = names(self.contract.name, "metric") if self._has("metric") else {}
        for word in sorted(metrics, key=len, reverse=True):
            rest = rest.replace(word, " ") if len(word) >= 4 else rest
        read = {
            folded(token)
            for name in ("period", "status")
            if self._has(name) and len(self._words_in(name, text)) == 1
            for token in _tokens(text)
            if self.words.code(name, token) is not None
        }
        return tuple(word for word in limits_in(rest) if folded(word) not in read)

    def _words_in(self, name: str, text: str) -> set[str]:
        return {
            code for token in _tokens(text) if (code := self.words.code(name, token)) is not None
        }

    def _metrics_in(self, name: str, text: str) -> set[str]:
        """Metrics named in a title; a name within a longer one does not count."""
        squeezed = folded(text)
        codes: set[str] = set()
        known = names(self.contract.name, name)
        for word in sorted(known, key=len, reverse=True):
            if len(word) >= 4 and word in squeezed:
                codes.add(known[word])
                squeezed = squeezed.replace(word, "\0")
        return codes


def _tokens(text: str) -> list[str]:
    return re.findall(r"[가-힣A-Za-z]+", text)
