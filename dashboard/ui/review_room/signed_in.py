"""The review room: its judging, its messages, its addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import streamlit as st

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.judging.judging import Judging, open_judging
from dashboard.judging.proposed import Confirmed, Proposal
from dashboard.render.screen.address import write
from dashboard.render.screen.texts import draw_box
from dashboard.settings import settings

PAGE = "review-room"
_MESSAGE = "room-message"


def judging() -> Judging:
    """The judging of this process's workspace."""
    return open_judging(settings())


@contextmanager
def attempt() -> Iterator[None]:
    """Do something in a callback; a refusal is said at the top of the page, which stays."""
    try:
        yield
    except ClusterReviewError as error:
        st.session_state[_MESSAGE] = ("refused", _(error.title), error.message, error.remedy)


def say(text: str, message: str = "", further: str = "") -> None:
    """Leave sentences for the next run: what was done, and what is to be known of it."""
    st.session_state[_MESSAGE] = ("done", text, message, further)


def say_proposed(found: Confirmed | Proposal) -> None:
    """Say in the next run what became of a proposal: it waits, or it is carried out already."""
    if isinstance(found, Confirmed):
        say(_("Recorded, with the reason."))
    else:
        say(_("Proposed. It happens when a deputy confirms it."))


def show_message() -> None:
    """Draw what was left to say, once."""
    if _MESSAGE in st.session_state:
        kind, title, message, remedy = st.session_state.pop(_MESSAGE)
        draw_box(kind, title, message, remedy)


def refused(error: ClusterReviewError) -> None:
    """Draw a refusal in the place of what it withholds."""
    draw_box("refused", _(error.title), error.message, error.remedy)


def go(**parameters: str) -> None:
    """Change the address (for callbacks); an empty value takes the parameter away."""
    write({name: value or None for name, value in parameters.items()})


def page_href(**parameters: str) -> str:
    """An address of this page with the language and the view of the others kept."""
    own = ("round", "part", "applicant")
    kept = {name: text for name, text in st.query_params.to_dict().items() if name not in own}
    return f"?{urlencode(kept | parameters)}"


def sign_in_address(round_id: str) -> str:
    """Address of the sign-in form of a round, in the page's language."""
    return f"sign-in?{urlencode({'round': round_id, 'lang': language()})}"
