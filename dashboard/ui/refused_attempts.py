"""What the log of access learns of refusals, whatever page they were met on."""

from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import Action, Identity
from dashboard.content.access_lines import open_access_log
from dashboard.content.pages import FIRST, PAGES
from dashboard.errors import ClusterReviewError
from dashboard.settings import settings


def note_refused_attempt(identity: Identity, action: Action) -> None:
    """Note that somebody was refused; a log that cannot be written lets nobody pass either."""
    with suppress(ClusterReviewError):
        open_access_log(settings()).note_refused(identity, action, _page())


def _page() -> str | None:
    """Path of the page that is drawn; None in a thread that serves none.

    The browser says it, so that only one that there is counts.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    path = urlsplit(st.context.url or "").path.rpartition("/")[2] or FIRST
    return path if path in PAGES else None
