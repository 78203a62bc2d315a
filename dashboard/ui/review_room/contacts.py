"""The chair's panel of the applicants' contacts, who object with codes of their own."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.practice_names import names_in_language
from dashboard.judging.sign_in import APPLICANT
from dashboard.judging.views import RoundView
from dashboard.render.screen.tables import draw_table
from dashboard.render.screen.texts import draw_text
from dashboard.ui.reader import reader
from dashboard.ui.review_room.issued_codes import keep_issued
from dashboard.ui.review_room.signed_in import attempt, judging

_WHERE, _NAME, _WHY = "room-contact-where", "room-contact-name", "room-contact-why"


def contacts_section(view: RoundView) -> None:
    """Issue an applicant's code to its contact, or the same contact's again."""
    st.markdown("## " + _("Contacts of the applicants"))
    draw_text(
        _("With the code a contact hands in objections for the own region, and for no other."),
        "weak",
    )
    named = judging().people.contacts(reader().identity)
    contacts = names_in_language(named, view.is_practice)
    title = _("Contacts of the applicants")
    draw_table(
        [_("Applicant"), _("Contact")],
        [
            (label("region", code), contacts.get(code, _("no code issued")))
            for code in view.rules.applicants
        ],
        "",
        key="contacts",
        label=title,
    )
    with st.expander(_("Issue an applicant's code")):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            where = st.selectbox(
                _("Applicant of the code"),
                view.rules.applicants,
                format_func=lambda code: label("region", code),
                key=_WHERE,
                width=240,
            )
            st.text_input(_("Name of the contact"), key=_NAME, max_chars=100, width=320)
            st.button(_("Issue the code"), key="room-contact", on_click=_issue)
        if where in contacts:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input(
                    _("Why the contact needs a new code"), key=_WHY, max_chars=2000, width=560
                )
                st.button(
                    _("Issue the contact's code again"),
                    key="room-contact-again",
                    on_click=_issue_again,
                )


def _issue() -> None:
    with attempt():
        identity, where = reader().identity, st.session_state[_WHERE]
        keep_issued(judging().people.name_contact(identity, where, st.session_state[_NAME]))
        st.session_state[_NAME] = ""


def _issue_again() -> None:
    with attempt():
        holder = f"{APPLICANT}{st.session_state[_WHERE]}"
        people = judging().people
        keep_issued(people.issue_again(reader().identity, holder, st.session_state[_WHY]))
        st.session_state[_WHY] = ""
