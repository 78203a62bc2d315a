"""Reading and checking a file, for somebody: nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from dashboard.access import NATION, Action, Identity, require
from dashboard.contract import contract_of
from dashboard.i18n import LANGUAGES, label, language
from dashboard.intake.checking import Checker
from dashboard.intake.content import Content, Source
from dashboard.intake.delivery import (
    NO_DIFFERENCE,
    Checked,
    Delivery,
    Difference,
    Progress,
    Receipt,
)
from dashboard.intake.disclosure import is_open, of_visits
from dashboard.intake.disk import clear_errors
from dashboard.intake.formats.process import Limits
from dashboard.intake.handed_in import HandedIn
from dashboard.intake.headers import remembered_mappings
from dashboard.intake.lake_tables import WITHDRAWN
from dashboard.intake.layout import Shape
from dashboard.intake.reading import read_delivery
from dashboard.intake.tables import remembered_shapes
from dashboard.intake.typed_texts import check_typed
from dashboard.settings import Settings
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.visit_counts import VISITS


class Inspection(HandedIn):
    """Files of one workspace, read and checked for one identity."""

    def __init__(self, settings: Settings, identity: Identity) -> None:
        super().__init__(settings, identity)
        self._lake = Lake(settings)
        self._ledger = Ledger(settings)
        self._checker = Checker(settings)

    def named(self, table: Literal["events", "sources", "institutions"]) -> dict[str, str]:
        """Id → name of the rows of a table to be chosen from, in the reader's language.

        Events say their day, as titles alone would not tell one from that of another year; the
        newest come first. Sources say their publisher.
        """
        require(self._identity, Action.HAND_IN)
        key, stem = f"{table[:-1]}_id", "name" if table == "institutions" else "title"
        names = [f"{stem}_{code}" for code in (language(), *reversed(LANGUAGES))]

        def shown(row: Mapping[str, str | None]) -> str:
            name = next(filter(None, map(row.get, names)), "")
            publisher = f"{row['publisher']}: " if table == "sources" else ""
            day = f"{row['start_date']}, " if table == "events" else ""
            return f"{publisher}{name} ({day}{row[key]})"

        def place(row: Mapping[str, str | None]) -> str:
            return str(row["start_date"]) if table == "events" else shown(row)

        rows = self._lake.current_rows(table).to_pylist()
        rows.sort(key=place, reverse=table == "events")
        return {row[key]: shown(row) for row in rows if not row.get(WITHDRAWN)}

    def read(
        self,
        table: str,
        name: str,
        content: Source,
        mapping: Mapping[str, str] | None = None,
        sheet: str | None = None,
        shape: Shape | None = None,
    ) -> Delivery:
        """Read a file: its format, encoding, header and rows; look for personal data in all of it.

        Stores nothing. A file that cannot be read is no exception: the delivery says why.

        Args:
            table: a table that can be handed in.
            name: the file's name, shown and searched for personal data, never used as a path.
            content: its bytes, a path, or an open file that can be read twice.
            mapping: header → column of the contract, or "" to leave the column out; None takes
                the titles of the contract and what the own region, or the ministry or a desk of
                no region, chose before for a file of this shape.
            sheet: name of the sheet to read; None takes the first with a header that is known.
            shape: what was chosen about a wide table, units and values that all rows have; None
                takes what was chosen before for a table of this kind.

        Raises:
            UsageError: there is no such table or sheet, or the mapping names no such column.
        """
        require(self._identity, Action.HAND_IN)
        with clear_errors():
            home = self._identity.region or NATION
            remembered = remembered_mappings(self._ledger, home) if mapping is None else {}
            shapes = remembered_shapes(self._ledger, home) if shape is None else {}
        delivery = read_delivery(
            table,
            name,
            Content(content),
            mapping,
            sheet,
            remembered,
            Limits(
                self._settings.upload_limit_mb,
                self._settings.reading_memory_mb,
                self._settings.reading_seconds,
            ),
            shape,
            shapes,
        )
        return replace(delivery, chosen=mapping is not None)

    def check(
        self,
        delivery: Delivery,
        by: str,
        complete: bool = False,
        office: str = "",
        progress: Progress | None = None,
    ) -> Checked:
        """Check every row, compare with the record, and try a build with the new rows.

        A row of a region for which the identity may not hand in, or that takes the place of such a
        one, is an error. Stores nothing but, for large files, a draft of coded rows, which
        `accept` or `Checked.discard` removes.

        Args:
            delivery: as read.
            by: who hands it in; an account hands in under its own name.
            complete: the file holds all rows of its regions and years, so that rows handed in
                before and not named any more are gone. The public record is never touched.
            office: publisher named on the pages for rows without source; empty takes the region
                of the account, at the desk `by`.
            progress: called while a large file is read.

        Raises:
            TypedPersonalData: name or office hold a number or an address of a person.
        """
        require(self._identity, Action.HAND_IN)
        self._check_typed(by, office=office)
        return self._check(delivery, self._name(by), complete, self._office(office), progress)

    def preview(self, receipt_id: str, progress: Progress | None = None) -> Difference:
        """What a waiting file would change today; of visits as far as they may be seen.

        Raises:
            UsageError: there is no such receipt, or nothing was kept of it.
        """
        receipt = self._listed(receipt_id)
        checked = self._checked_again(receipt, progress)
        try:
            if is_open(self._identity, receipt):
                return checked.difference
            if receipt.table != VISITS:
                return replace(NO_DIFFERENCE, figures=checked.difference.figures)
            # Not changed by its key: of a file that one knows, that would tell the keys.
            return of_visits(None, checked.difference.counts["gone"])
        finally:
            checked.discard()

    def checked_again(self, receipt_id: str) -> Checked:
        """The file of a receipt, read and checked as the record stands now; to be discarded.

        Raises:
            UsageError: there is no such receipt, or nothing was kept of it.
        """
        return self._checked_again(self._opened(receipt_id), None)

    def _checked_again(self, receipt: Receipt, progress: Progress | None) -> Checked:
        mapping, sheet, shape = self._receipts.reading(receipt.receipt_id)
        kept = self._receipts.original(receipt)
        delivery = self.read(receipt.table, receipt.name, kept, mapping, sheet or None, shape)
        return self._check(delivery, receipt.by, receipt.complete, receipt.office, progress)

    def _check(
        self, delivery: Delivery, by: str, complete: bool, office: str, progress: Progress | None
    ) -> Checked:
        today = datetime.now().astimezone().date().isoformat()
        contract = contract_of(delivery.table)
        with clear_errors():
            return self._checker.check(
                delivery, contract, self._identity, by, complete, office, today, progress
            )

    def _name(self, by: str) -> str:
        """An account goes by its name; nobody types one there."""
        return self._identity.name if self._identity.account else by

    def _office(self, office: str) -> str:
        if office or not self._identity.account:
            return office
        return label("region", self._identity.region or NATION)

    def _check_typed(self, by: str, *, office: str = "", text: str = "") -> None:
        name = self._name(by)
        check_typed(name, office=office, text=text, is_name_typed=not self._identity.account)
