"""What differs between two versions of the record, and what every delivery brought."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, Paragraph, Section, table_or
from dashboard.content.links import Link
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp
from dashboard.content.row_changes import RowChange, RowTexts, row_changes
from dashboard.content.tables import table_of
from dashboard.contract import Contract, city_contracts, read_contracts
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text, number_text
from dashboard.settings import settings
from dashboard.store.batches import HANDED_IN, in_force
from dashboard.store.history import Step
from dashboard.store.marts import NEVER_READ

_SHIPPED = re.compile(r"Public record (?P<version>\S+): (?P<rows>\d+) rows")
"""What the intake notes of the record that is shipped, in a word for programs."""


def changes_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Rows that are new, changed and gone from one snapshot to a later one, then all deliveries.

    Asked are the snapshots `old` and `new`; unless told, the newest and the one before.

    Raises:
        UsageError: there is no such snapshot, or the old one is not before the new one.
    """
    return assemble(
        "changes", _("Changes"), _Changes(context, asked).sections(), context, stamp, is_led=True
    )


def changes_slides(
    context: QueryContext, _region: str, _year: int, _first: int | None
) -> list[Section]:
    """What the latest delivery changed; of a first one, with nothing before it, a sentence."""
    found = _Changes(context, {})
    section = found.by_table()
    if found.old is not None:
        return [section]
    return [Section(section.title, (Paragraph(_("There is nothing earlier to compare with.")),))]


def step_name(step: Step) -> str:
    """Number of a snapshot, when it came to be, and by whom."""
    return f"{step.snapshot} · {moment_text(step.made_at)} · {author_text(step.made_by)}"


@dataclass(frozen=True)
class _Compared:
    """A table at both snapshots."""

    contract: Contract
    before: int
    after: int
    changes: Sequence[RowChange]

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


class _Changes:
    """Two snapshots of one build's record, compared."""

    def __init__(self, context: QueryContext, asked: Mapping[str, Any]) -> None:
        self.context = context
        self.steps = context.record.steps(context.build)
        self.old, self.new = _chosen(self.steps, asked)
        self.texts = RowTexts(context)

    def sections(self) -> Iterator[Section]:
        yield self.by_table()
        if self.old is not None:
            yield self._changed()
            yield self._listed("new", _("New rows ({count})"), _("No row is new."))
            yield self._listed("gone", _("Rows that are gone ({count})"), _("No row is gone."))
        yield self._deliveries()

    def by_table(self) -> Section:
        """How many rows each table has, and how many of them differ."""
        counted: dict[str, tuple[str, Callable[[_Compared], Cell]]] = {
            "rows_after": (_("Rows"), lambda one: _counted(one.after)),
        }
        if self.old is None:
            title = _("One delivery so far: {rows} rows in {tables} tables").format(
                rows=number_text(sum(one.after for one in self.compared)),
                tables=number_text(len(self.compared)),
            )
            note = _("There is nothing earlier to compare with.")
        else:
            title = _(
                "From snapshot {old} to {new}: rows new {come}, changed {changed}, gone {gone}"
            ).format(
                old=self.old.snapshot,
                new=self.new.snapshot,
                come=number_text(self._count("new")),
                changed=number_text(self._count("changed")),
                gone=number_text(self._count("gone")),
            )
            counted = {
                "rows_before": (_("Rows before"), lambda one: _counted(one.before)),
                "rows_after": (_("Rows after"), lambda one: _counted(one.after)),
                "rows_new": (_("New rows"), lambda one: _counted(one.count("new"))),
                "rows_changed": (_("Changed rows"), lambda one: _counted(one.count("changed"))),
                "rows_gone": (_("Rows gone"), lambda one: _counted(one.count("gone"))),
            }
            note = _("From {old}, to {new}.").format(
                old=moment_text(self.old.made_at), new=moment_text(self.new.made_at)
            )
            alike = [one.contract.heading for one in self.compared if not one.changes]
            if alike:
                note += " " + _("Without a difference: {tables}.").format(tables=", ".join(alike))
        note = f"{note} {self._on_visits()}".strip()
        table = table_of(
            "",
            [one for one in self.compared if one.changes or self.old is None],
            {
                "record_table": (_("Table"), lambda one: text_cell(one.contract.heading)),
                **counted,
            },
            figures=tuple(counted),
            note=note,
        )
        return table_or(title, table, note)

    def _changed(self) -> Section:
        """Former and new value of every cell that differs."""
        cells = [
            (one.contract, change, column)
            for one in self.compared
            for change in one.changes
            if change.kind == "changed"
            for column in change.columns
        ]
        table = table_of(
            "",
            cells,
            {
                "record_table": (_("Table"), lambda cell: cell[0].heading),
                "about": (_("About"), lambda cell: self._about(cell[0], cell[1])),
                "record_column": (_("Column"), lambda cell: self.texts.heading(cell[0], cell[2])),
                "former_value": (
                    _("Former value"),
                    lambda cell: self.texts.value(cell[0], cell[1].before, cell[2]),
                ),
                "new_value": (
                    _("New value"),
                    lambda cell: self.texts.value(cell[0], cell[1].after, cell[2]),
                ),
            },
            note=_(
                "Values are those of the rows as handed in; which of several claims becomes the "
                "figure is shown behind each figure."
            ),
        )
        title = _("Changed values ({count})").format(count=number_text(len(cells)))
        return table_or(title, table, _("No row has another value."))

    def _listed(self, kind: str, title: str, none: str) -> Section:
        """The rows of one kind, each with its figures."""
        rows = [
            (one.contract, change)
            for one in self.compared
            for change in one.changes
            if change.kind == kind
        ]
        table = table_of(
            "",
            rows,
            {
                "record_table": (_("Table"), lambda row: row[0].heading),
                "about": (_("About"), lambda row: self._about(*row)),
                "row_values": (
                    _("Values"),
                    lambda row: self.texts.contents(row[0], row[1].standing),
                ),
            },
        )
        return table_or(title.format(count=number_text(len(rows))), table, none)

    def _about(self, contract: Contract, change: RowChange) -> Cell:
        """What a row is about; it leads to the figure's evidence, or to the page that has it."""
        sources = [
            source
            for name in ("source_id", "source_ids")
            for source in (change.standing.get(name) or "").split(";")
            if source in self.context.sources
        ]
        link = self.texts.link(contract, change.standing, is_gone=change.kind == "gone")
        return text_cell(self.texts.about(contract, change.standing), sources, link)

    def _deliveries(self) -> Section:
        """Who handed in or took back what, the newest first."""
        counting = {one.batch_id for one in in_force([step.batch for step in self.steps])}
        table = table_of(
            "",
            list(reversed(self.steps)),
            {
                "snapshot": lambda step: Cell(str(step.snapshot), step.snapshot),
                "handed_in_at": (
                    _("When"),
                    lambda step: replace(text_cell(moment_text(step.made_at)), order=step.made_at),
                ),
                "handed_in_by": (_("By"), lambda step: author_text(step.made_by)),
                "delivery": (_("Delivery"), _delivery),
                "rows_brought": (_("Rows"), self._brought),
                "delivery_state": (_("State"), lambda step: _state(step, counting)),
            },
            note=_("Times are those of Korea."),
        )
        title = _("Deliveries ({count})").format(count=number_text(len(self.steps)))
        return Section(title, (table,) if table.rows else (Paragraph(_("No delivery yet.")),))

    def _brought(self, step: Step) -> str:
        """How many rows of which table a delivery has; of visits the number is withheld."""
        if step.is_reversal:
            return ""
        parts = []
        visits = _visits()
        for table, contract in {**self.contracts, visits.name: visits}.items():
            count = step.row_counts.get(table, 0)
            if count:
                shown = _("withheld") if table in NEVER_READ else number_text(count)
                parts.append(f"{contract.heading} {shown}")
        return ", ".join(parts)

    def _on_visits(self) -> str:
        """What is not compared row by row, where there is any of it."""
        if not any(map(_is_of_visits, self.steps)):
            return ""
        return _(
            "Single visits of patients and their counts are not compared: their numbers stay "
            "withheld."
        )

    def _count(self, kind: str) -> int:
        return sum(one.count(kind) for one in self.compared)

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """Tables whose rows are compared, with the columns that cities have beside the record's."""
        found = read_contracts(settings().public_record)
        for name, city in city_contracts().items():
            if name == city.lake_table and name not in NEVER_READ:
                found[name] = _joined(found[name], city) if name in found else city
        return found

    @cached_property
    def compared(self) -> list[_Compared]:
        """Every table that has a row at either snapshot."""
        record = self.context.record
        later = record.rows_at(self.new, self.contracts)
        former = record.rows_at(self.old, self.contracts) if self.old else {}
        own = {
            row["source_id"]
            for rows in (former.get("sources", ()), later.get("sources", ()))
            for row in rows
            if row["batch_id"].startswith(HANDED_IN)
        }
        found = []
        for name, contract in self.contracts.items():
            before, after = (_counting(one.get(name, ())) for one in (former, later))
            changes = row_changes(contract, before, after, own) if self.old else []
            if before or after:
                found.append(_Compared(contract, len(before), len(after), changes))
        return found


def _chosen(steps: Sequence[Step], asked: Mapping[str, Any]) -> tuple[Step | None, Step]:
    """The former and the later snapshot; without a former one where there is none."""
    numbers = [step.snapshot for step in steps]
    new = asked.get("new") or numbers[-1]
    before = [number for number in numbers if number < new]
    old = asked.get("old") or (before[-1] if before else None)
    for number in filter(None, (old, new)):
        if number not in numbers:
            raise UsageError(
                "There is no such snapshot",
                f"Snapshot {number} was asked for.",
                f"Snapshots: {', '.join(map(str, numbers))}.",
            )
    if old is not None and old >= new:
        raise UsageError(
            "The old snapshot is not before the new one",
            f"Snapshots {old} and {new} were asked for.",
            "Name the earlier one as old and the later one as new.",
        )
    by_number = dict(zip(numbers, steps, strict=True))
    return by_number[old] if old else None, by_number[new]


def _joined(contract: Contract, city: Contract) -> Contract:
    """The record's contract of a table with the columns, codes and subject that cities' has."""
    codes = {column.name: column.codes for column in city.fields}
    fields = [
        replace(column, codes=codes.get(column.name) or column.codes) for column in contract.fields
    ]
    known = {column.name for column in fields}
    fields += [column for column in city.fields if column.name not in known]
    return replace(contract, fields=tuple(fields), id_from=city.id_from)


def _counting(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Rows without those that say that the row with their id counts no more."""
    return [row for row in rows if row.get("withdrawn") != "true"]


def _counted(count: int) -> Cell:
    return Cell(number_text(count), count, "counted")


def author_text(name: str) -> str:
    """Who handed something in: people as they write themselves, the program by its name here."""
    return _("Cluster Review") if name == "Cluster Review" else name


def table_text(name: str) -> str:
    """Title of a table that is handed in, or of the public record, which is one delivery."""
    contracts = city_contracts()
    return contracts[name].heading if name in contracts else label("log_stream", name)


def _visits() -> Contract:
    """Of the table of single visits."""
    return next(one for name, one in city_contracts().items() if name in NEVER_READ)


def _is_of_visits(step: Step) -> bool:
    """Whether a delivery has visits, whose remark and reason are for their region alone."""
    return not NEVER_READ.isdisjoint(step.row_counts)


def _delivery(step: Step) -> Cell:
    """What it is; what was handed in leads to its receipt."""
    said = _visits().heading if _is_of_visits(step) else step.batch.message
    if shipped := _SHIPPED.fullmatch(said):
        rows = number_text(int(shipped["rows"]))
        said = _("Public record {version}: {rows} rows").format(
            version=shipped["version"], rows=rows
        )
    if step.is_reversal:
        said = _("Taken back: {delivery}").format(delivery=said)
    link: Link | None = None
    if step.batch.origin.startswith(HANDED_IN):
        receipt = step.batch.origin.removeprefix(HANDED_IN)
        link = Link("handing-in", (("receipt", receipt),))
    return text_cell(said, link=link)


def _state(step: Step, counting: set[str]) -> str:
    """What became of a delivery, or why it was taken back."""
    batch = step.batch
    if step.is_reversal:
        return "" if _is_of_visits(step) else batch.reason or ""
    if batch.reverted_at is not None:
        return _("taken back on {when}").format(when=moment_text(batch.reverted_at.isoformat()))
    return _("in force") if batch.batch_id in counting else _("replaced by a later one")
