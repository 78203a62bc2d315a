"""Files that wait for a second person."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.access import Action
from dashboard.content.changes import table_text
from dashboard.contract import Contract, city_contracts
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language, ngettext, number_text
from dashboard.intake.delivery import Receipt
from dashboard.intake.intake import Intake
from dashboard.intake.meanwhile import OvertakenError
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.ui.handing_in import staged
from dashboard.ui.handing_in.difference import difference_section
from dashboard.ui.handing_in.intake_now import intake_now
from dashboard.ui.handing_in.receipt import receipt_facts
from dashboard.ui.handing_in.wording import Hand, ask_for_reason, moving_bar, say_refused
from dashboard.ui.reader import reader


def waiting_section(intake: Intake, hand: Hand, pending: Sequence[Receipt]) -> None:
    """Draw the queue; nothing while it is empty."""
    if not pending:
        return
    count = len(pending)
    title = ngettext("{count} file waits for approval", "{count} files wait for approval", count)
    st.markdown("## " + title.format(count=number_text(count)))
    st.caption(_("Who handed a file in cannot approve it; another account of the region does."))
    for receipt in pending:
        name = receipt.name or table_text(receipt.table)
        with st.expander(literal(f"{receipt.receipt_id} · {name} · {receipt.by}")):
            receipt_facts(receipt)
            _preview(intake, receipt)
            _buttons(intake, hand, receipt)


def _preview(intake: Intake, receipt: Receipt) -> None:
    """What it would change today, computed when it is asked for."""
    if not st.toggle(_("Show what it would change"), key=f"handing-in-see-{receipt.receipt_id}"):
        return
    contract: Contract = city_contracts()[receipt.table]
    build_id = open_record(settings()).current().build_id
    identity = reader().identity
    key = (f"receipt {receipt.receipt_id}", "check", build_id, language(), identity)

    with moving_bar():
        difference = staged.once(key, partial(intake.preview, receipt.receipt_id))
    difference_section(contract, difference)


def _buttons(intake: Intake, hand: Hand, receipt: Receipt) -> None:
    asked = f"handing-in-overtaken-{receipt.receipt_id}"
    others = st.session_state.get(asked)
    if not intake.may_decide(receipt, Action.APPROVE):
        return
    if others is not None:
        say_refused(others)
    with st.container(horizontal=True):
        if intake.is_second(receipt) and st.button(
            _("Approve and take in")
            if others is None
            else _("Approve, replacing what others handed in"),
            type="primary",
            key=f"handing-in-approve-{receipt.receipt_id}",
        ):
            try:
                with st.spinner(_("Storing the file and computing the figures"), show_time=True):
                    done = intake.approve(
                        receipt.receipt_id, hand.name, confirmed=others is not None
                    )
            except OvertakenError as error:
                st.session_state[asked] = error
                st.rerun()
            except ClusterReviewError as error:
                say_refused(error)
                return
            st.session_state["handing-in-done"] = (done.receipt_id, [])
            st.rerun()
        if st.button(_("Reject …"), key=f"handing-in-reject-{receipt.receipt_id}"):
            st.dialog(_("Reject this file?"))(_reject)(hand, receipt)


def _reject(hand: Hand, receipt: Receipt) -> None:
    draw_text(
        [
            Toned(Toned(receipt.name or receipt.receipt_id, "strong"), "cell"),
            _("It does not go into the record. The file and its receipt stay in the history."),
        ],
        "plain",
    )

    def act(name: str, reason: str) -> None:
        intake_now().reject(receipt.receipt_id, name, reason)

    ask_for_reason("no", hand, _("Reject"), _("Storing"), act)
