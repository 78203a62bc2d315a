"""Who reads in the review room, as the browser's cookie says, and where he or she is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboard.access import VISITOR, Identity
from dashboard.errors import AccessDenied, ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.judging.judging import Judging, open_judging
from dashboard.judging.proposed import Confirmed, Proposal
from dashboard.render.screen.texts import draw_box
from dashboard.settings import settings

PAGE = "review-room"
SESSION_COOKIE = "cluster_review_session"
"""Set by `dashboard.sign_in`, out of reach of every script."""

_MESSAGE = "room-message"


@dataclass(frozen=True)
class Reader:
    """Who reads the page."""

    identity: Identity
    """A visitor where nobody is signed in."""
    ended: AccessDenied | None
    """Why the cookie lets nobody in any more; None if it does, or if there is none."""

    def is_of(self, round_id: str) -> bool:
        """Whether this is a judge or the chair of the round."""
        return self.identity.round_id == round_id


def judging() -> Judging:
    """The judging of this process's workspace."""
    return open_judging(settings())


def reader() -> Reader:
    """Who reads, asked anew in every run: a code that was revoked ends access at once.

    The cookies are those of the connection, which signing in and out begin anew.
    """
    try:
        return Reader(identity_of(st.context.cookies.get(SESSION_COOKIE)), None)
    except AccessDenied as error:
        return Reader(VISITOR, error)


def identity_of(token: str | None) -> Identity:
    """Whose session a cookie is; a visitor's where there is none.

    Raises:
        AccessDenied: the session has ended.
    """
    return judging().sessions.resume(token) if token else VISITOR


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
    for name, value in parameters.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def page_href(**parameters: str) -> str:
    """An address of this page with the language and the view of the others kept."""
    own = ("round", "part", "applicant")
    kept = {name: text for name, text in st.query_params.to_dict().items() if name not in own}
    return f"?{urlencode(kept | parameters)}"


def sign_in_address(round_id: str) -> str:
    """Address of the sign-in form of a round, in the page's language."""
    return f"sign-in?{urlencode({'round': round_id, 'lang': language()})}"
