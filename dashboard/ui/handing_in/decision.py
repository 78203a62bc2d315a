"""From a chosen file to its receipt: read, checked, compared, and taken in or thrown away."""

from functools import partial

import streamlit as st

from dashboard.contract import Contract
from dashboard.errors import AccessDenied, ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.intake.delivery import Checked, Delivery, Receipt
from dashboard.intake.intake import Intake
from dashboard.intake.meanwhile import OvertakenError
from dashboard.intake.typed_texts import check_typed
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.ui.handing_in import staged
from dashboard.ui.handing_in.difference import difference_section
from dashboard.ui.handing_in.file_form import Form, clear_form, tick_complete
from dashboard.ui.handing_in.found import (
    errors_and_warnings,
    findings_button,
    personal_data,
)
from dashboard.ui.handing_in.job import JOB
from dashboard.ui.handing_in.mending import chosen_sheet, mending_step
from dashboard.ui.handing_in.reading import chosen_mapping, how_it_was_read, mapping_step
from dashboard.ui.handing_in.receipt import (
    changed_pages,
    receipt_facts,
    show_done,
)
from dashboard.ui.handing_in.table_place import back_step, chosen_shape
from dashboard.ui.handing_in.table_shape import (
    must_choose,
    same_for_all_step,
    shape_step,
    unit_step,
)
from dashboard.ui.handing_in.wording import Hand, moving_bar, say_refused
from dashboard.ui.reader import reader

_DONE, _PERSONAL, _SEEN = "handing-in-done", "handing-in-personal", "handing-in-seen"


def found_section(intake: Intake, contract: Contract, hand: Hand, form: Form) -> None:
    """Draw what was found in the chosen file, or what became of the last one."""
    upload = form.upload
    if upload is None:
        _last_one(intake, contract)
        return
    st.markdown("## 3. " + _("What was found"))
    if not hand.name:
        st.info(_("Give your name above; the file is then checked at once."))
        return
    try:
        check_typed(
            hand.name, office=hand.office, text=form.remark, is_name_typed=not hand.is_account
        )
        delivery = _read(intake, contract, upload)
        if delivery.has_personal_data:
            # Out of the uploader and out of memory; only the masked findings are kept to be shown.
            st.session_state[_PERSONAL] = (contract.name, delivery.name, delivery.findings)
            clear_form(upload.file_id)
            st.rerun()
        _found(intake, contract, hand, form, upload, delivery)
    except ClusterReviewError as error:
        say_refused(error)
        _discard_button(upload)


def _last_one(intake: Intake, contract: Contract) -> None:
    if _PERSONAL in st.session_state:
        _table, name, findings = st.session_state[_PERSONAL]
        st.markdown("## 3. " + _("What was found"))
        personal_data(contract, name, findings)
    elif _DONE in st.session_state:
        receipt_id, links = st.session_state[_DONE]
        try:
            receipt = intake.receipt(receipt_id)
        except AccessDenied:  # of somebody who is signed in no more
            del st.session_state[_DONE]
            return
        st.markdown("## 3. " + _("What became of it"))
        show_done(receipt, links, "done")


def _read(intake: Intake, contract: Contract, upload: staged.Upload) -> Delivery:
    mapping, shape, sheet = chosen_mapping(upload), chosen_shape(upload), chosen_sheet(upload)
    key = (upload.file_id, "read", contract.name, str(mapping), str(shape), sheet, language())
    read = partial(
        intake.read, contract.name, upload.name, upload.content, mapping, sheet, shape=shape
    )
    if staged.is_held(key):
        return staged.once(key, read)
    with st.spinner(_("Reading"), show_time=True):
        return staged.once(key, read)


def _check(
    intake: Intake, delivery: Delivery, hand: Hand, form: Form, upload: staged.Upload
) -> Checked:
    build_id = open_record(settings()).current().build_id
    about = (delivery.table, str(sorted(delivery.mapping.items())), form.complete, language())
    read_as = (str(delivery.shape), delivery.sheet)
    key = (upload.file_id, "check", *about, *read_as, hand, build_id, reader().identity)
    check = partial(intake.check, delivery, hand.name, form.complete, hand.office)
    if staged.is_held(key):
        return staged.once(key, check)
    with moving_bar() as progress:
        return staged.once(key, lambda: check(progress))


def _found(
    intake: Intake,
    contract: Contract,
    hand: Hand,
    form: Form,
    upload: staged.Upload,
    delivery: Delivery,
) -> None:
    if delivery.is_large and delivery.is_readable:
        how_it_was_read(contract, delivery, None)
        mapping_step(contract, delivery, upload)
        unit_step(contract, delivery, delivery.findings, upload)
        _large(intake, contract, hand, form, upload)
        return
    if must_choose(delivery):
        how_it_was_read(contract, delivery, None)
        shape_step(contract, delivery, upload)
        _discard_button(upload)
        return
    if delivery.missing:
        how_it_was_read(contract, delivery, None if delivery.is_large else len(delivery.rows))
        mapping_step(contract, delivery, upload)
        same_for_all_step(contract, delivery, upload)
        _discard_button(upload)
        return
    if not delivery.columns:  # nothing could be read, perhaps because of what was chosen
        back_step(upload)
    checked = _check(intake, delivery, hand, form, upload)
    how_it_was_read(contract, delivery, checked.row_count)
    if delivery.layout is None:
        mapping_step(contract, delivery, upload)
    shape_step(contract, delivery, upload)
    former = _former_receipt(intake, checked)
    if former is not None:
        draw_former(former)
        _discard_button(upload)
        return
    unit_step(contract, delivery, checked.findings, upload)
    errors_and_warnings(contract, delivery, checked.findings, checked.error_count, checked.warnings)
    mending_step(intake, contract, checked, upload)
    if checked.has_errors:
        _refused_buttons(intake, hand, form, upload, checked)
    else:
        st.markdown("## 4. " + _("What it would change"))
        _seen(upload, checked.snapshot)
        difference_section(contract, checked.difference)
        _accept_buttons(intake, hand, form, upload, checked)


def _former_receipt(intake: Intake, checked: Checked) -> Receipt | None:
    """The receipt under which these very bytes went into the record, if they did."""
    if not checked.already:
        return None
    return next((old for old in intake.history() if old.batch_id == checked.already), None)


def draw_former(former: Receipt) -> None:
    """Say that the file is in the record, and under which receipt."""
    st.info(_("This very file is in the record already. Its receipt:"))
    receipt_facts(former)


def _refused_buttons(
    intake: Intake, hand: Hand, form: Form, upload: staged.Upload, checked: Checked
) -> None:
    st.caption(
        _(
            "Nothing was stored. Correct the file and choose it again, or keep it with a receipt "
            "so that others can see what was found."
        )
    )
    with st.container(horizontal=True):
        if any(finding.rule == "visits-twice" for finding in checked.findings):
            st.button(
                _("Replace the visits of these regions and months"),
                type="primary",
                on_click=tick_complete,
                key="handing-in-replace",
            )
        findings_button(checked)
        if checked.is_searched and st.button(_("Keep it with a receipt"), key="handing-in-keep"):
            _accept(intake, hand, form, upload, checked)
        _discard_button(upload)


def _accept_buttons(
    intake: Intake, hand: Hand, form: Form, upload: staged.Upload, checked: Checked
) -> None:
    waits = intake.needs_approval()
    others = _overtaken(upload)
    if others is not None:
        say_refused(others)
    if checked.difference.is_empty:
        st.info(_("All its rows are in the record already: there is nothing to take in."))
    elif waits:
        st.caption(_("A second person has to approve it before anything changes."))
    else:
        st.caption(_("Nothing was stored so far. What you take in can be taken back below."))
    with st.container(horizontal=True):
        if not checked.difference.is_empty and st.button(
            _take_in_label(waits, others is not None),
            type="primary",
            icon=":material/check:",
            key="handing-in-accept",
        ):
            _accept(intake, hand, form, upload, checked)
        if checked.warnings:
            findings_button(checked)
        _discard_button(upload)


def _take_in_label(waits: bool, replaces: bool) -> str:
    if replaces:
        return _("Replace what others handed in")
    return _("Hand in for approval") if waits else _("Take in")


def _accept(
    intake: Intake, hand: Hand, form: Form, upload: staged.Upload, checked: Checked
) -> None:
    """Hand in, and show the receipt.

    Without a bar: drawing one would let a click elsewhere on the page interrupt it half-way.
    """
    with st.spinner(_("Storing the file and computing the figures"), show_time=True):
        try:
            receipt = intake.accept(
                checked, hand.name, form.remark, since=_seen(upload, checked.snapshot)
            )
        except OvertakenError as error:
            # Shown with the difference as it is now; the next click is for that one.
            st.session_state[_SEEN] = (upload.file_id, error.snapshot, error)
            st.rerun()
    figures = checked.difference.figures
    st.session_state[_DONE] = (receipt.receipt_id, changed_pages(receipt.table, figures))
    clear_form(upload.file_id)
    st.rerun()


def _seen(upload: staged.Upload, snapshot: int) -> int:
    """The snapshot at which the difference of the file was first shown, or last asked about.

    The page checks a file again whenever the record changed; what is new then must be said.
    """
    known = st.session_state.get(_SEEN)
    if known is None or known[0] != upload.file_id:
        known = st.session_state[_SEEN] = (upload.file_id, snapshot, None)
    return int(known[1])


def _overtaken(upload: staged.Upload) -> OvertakenError | None:
    known = st.session_state.get(_SEEN)
    return known[2] if known and known[0] == upload.file_id else None


def _discard_button(upload: staged.Upload) -> None:
    st.button(_("Discard"), on_click=clear_form, args=(upload.file_id,), key="handing-in-discard")


def _large(
    intake: Intake, contract: Contract, hand: Hand, form: Form, upload: staged.Upload
) -> None:
    """A large file is checked and taken in by a process of its own."""
    st.info(
        _(
            "This file is large: it is checked and taken in in the background, as a whole or not "
            "at all, while you go on working. You see its progress here and its receipt at the end."
        )
    )
    with st.container(horizontal=True):
        if st.button(_("Check and take in"), type="primary", key="handing-in-start"):
            with st.spinner(_("Handing the file over"), show_time=True):
                job_id = intake.start(
                    contract.name,
                    upload.name,
                    upload.content,
                    hand.name,
                    mapping=chosen_mapping(upload),
                    shape=chosen_shape(upload),
                    complete=form.complete,
                    office=hand.office,
                    message=form.remark,
                )
            st.query_params[JOB] = job_id
            clear_form(upload.file_id)
            st.rerun()
        _discard_button(upload)
