"""Everything that was handed in: who, when, what changed, and the way back."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.access import Action
from dashboard.content.changes import author_text, table_text
from dashboard.contract import city_contracts
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, moment_text, number_text
from dashboard.intake.delivery import Receipt
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.intake import Intake
from dashboard.intake.lake_tables import PUBLIC
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, Words, draw_text
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.store.visit_counts import VISITS
from dashboard.ui.filter_bar import url_choice
from dashboard.ui.handing_in.found import errors_and_warnings
from dashboard.ui.handing_in.intake_now import intake_later, intake_now
from dashboard.ui.handing_in.receipt import (
    as_of_links,
    changed_pages,
    pages_links,
    receipt_facts,
    regions_text,
)
from dashboard.ui.handing_in.wording import Hand, ask_for_reason, counts_text
from dashboard.ui.noting import note_download, note_exact_of

_NONE = "none"
_SHOWN = 30


def history_section(intake: Intake, hand: Hand, receipts: Sequence[Receipt]) -> None:
    """Draw all receipts, newest first, and the one that the address names."""
    st.markdown("## " + _("What was handed in ({count})").format(count=number_text(len(receipts))))
    if "handing-in-taken-back" in st.session_state:
        name = st.session_state.pop("handing-in-taken-back")
        st.success(
            literal(
                _("“{name}” was taken back; the former figures are in force.").format(name=name)
            )
        )
    if not receipts:
        st.caption(_("Nothing so far. The record holds the public record only."))
        return
    shown: Sequence[Receipt] = receipts
    if len(receipts) > _SHOWN and not st.toggle(_("Show all"), key="handing-in-all"):
        shown = receipts[:_SHOWN]
    draw_table(
        [
            _("Receipt"),
            Heading(_("Received"), "date"),
            _("Handed in by"),
            _("File"),
            Heading(_("Rows"), "number"),
            _("State"),
            _("What it changes"),
        ],
        [_row(receipt) for receipt in shown],
        _("Newest first. Files are kept unchanged; nothing here is ever deleted."),
        "history",
        key="handed-in",
    )
    shown_exactly = {
        region
        for receipt in receipts
        if receipt.table == VISITS and not receipt.is_veiled
        for region in receipt.regions
    }
    note_exact_of(shown_exactly, open_record(settings()).current(), "handing-in")
    _chosen(intake, hand, receipts)


def _row(receipt: Receipt) -> list[Words | StyledCell]:
    decided = " · ".join(
        filter(None, (receipt.decided_by, moment_text(receipt.decided_at), receipt.reason))
    )
    return [
        receipt.receipt_id,
        StyledCell(moment_text(receipt.received_at), order=receipt.received_at),
        [author_text(receipt.by), Toned(receipt.office)],
        [
            Toned(_("withheld") if receipt.is_veiled else receipt.name, "cell"),
            Toned(f"{table_text(receipt.table)} · {regions_text(receipt)}".strip(" ·")),
        ],
        _("withheld") if receipt.row_count is None else number_text(receipt.row_count),
        [Toned(label("intake_status", receipt.status), f"state-{receipt.status}"), Toned(decided)],
        _("withheld") if receipt.is_veiled else counts_text(receipt.changes),
    ]


def _chosen(intake: Intake, hand: Hand, receipts: Sequence[Receipt]) -> None:
    """The receipt that the reader opens, with all that can be done with it."""
    by_id = {receipt.receipt_id: receipt for receipt in receipts}

    def name_of(receipt_id: str) -> str:
        if receipt_id == _NONE:
            return _("none")
        one = by_id[receipt_id]
        return f"{receipt_id} · {one.name or table_text(one.table)}"

    chosen = url_choice("receipt", _("Open a receipt"), [_NONE, *by_id], _NONE, name_of, 360)
    if chosen == _NONE:
        return
    receipt = by_id[chosen]
    with st.container(border=True, key="cr-handing-in-receipt"):
        receipt_facts(receipt)
        if receipt.batch_id:
            pages_links([*changed_pages(receipt.table, ()), *as_of_links(receipt)])
        contract = city_contracts().get(receipt.table)
        errors = receipt.error_count or 0
        errors_and_warnings(contract, None, receipt.findings, errors, receipt.warnings)
        _buttons(intake, hand, receipt)


def _buttons(intake: Intake, hand: Hand, receipt: Receipt) -> None:
    with st.container(horizontal=True):
        if receipt.status != "personal" and not receipt.is_veiled:
            st.download_button(
                _("Save the file as it was handed in"),
                data=in_page_language(partial(_original, intake_later(), receipt.receipt_id)),
                file_name=receipt.name,
                mime="application/octet-stream",
                icon=":material/download:",
                on_click="ignore",
                key="handing-in-original",
            )
        if (
            receipt.table != PUBLIC
            and receipt.status in ("refused", "waiting", "accepted")
            and (receipt.findings or receipt.warnings)
        ):
            st.download_button(
                _("Save the findings as XLSX"),
                data=in_page_language(partial(_findings, intake_later(), receipt.receipt_id)),
                file_name=_("{name} - findings").format(name=receipt.receipt_id) + ".xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                icon=":material/download:",
                on_click="ignore",
                key="handing-in-held-findings",
            )
        may_take_back = intake.may_decide(receipt, Action.TAKE_BACK)
        if (
            receipt.status == "accepted"
            and may_take_back
            and st.button(_("Take back …"), icon=":material/undo:", key="handing-in-take-back")
        ):
            take_back_dialog(hand, receipt)


def _original(intake: Callable[[], Intake], receipt_id: str) -> bytes:
    now = intake()
    content = now.original(receipt_id).read_bytes()
    note_download("original", now.identity, "handing-in", {"receipt": receipt_id})
    return content


def _findings(intake: Callable[[], Intake], receipt_id: str) -> bytes:
    now = intake()
    checked = now.checked_again(receipt_id)
    note_download(".xlsx", now.identity, "handing-in", {"receipt": receipt_id})
    try:
        return make_findings_workbook(checked)
    finally:
        checked.discard()


def take_back_dialog(hand: Hand, receipt: Receipt) -> None:
    """Ask for the reason, and take the batch back."""
    st.dialog(_("Take this batch back?"))(_take_back)(hand, receipt)


def _take_back(hand: Hand, receipt: Receipt) -> None:
    draw_text(
        [
            Toned(Toned(receipt.name or receipt.receipt_id, "strong"), "cell"),
            _(
                "Its rows no longer count, and the figures are those of before. The file, its "
                "receipt and this step stay in the history."
            ),
        ],
        "plain",
    )

    def act(name: str, reason: str) -> None:
        intake_now().revert(receipt.batch_id, name, reason)
        st.session_state["handing-in-taken-back"] = receipt.name or receipt.receipt_id
        st.session_state.pop("handing-in-done", None)

    ask_for_reason("back", hand, _("Take back"), _("Computing the former figures"), act)
