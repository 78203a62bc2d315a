"""What the log of access learns of refusals, whatever page they were met on."""

from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import Action, Identity
from dashboard.content.access_lines import open_access_log
from dashboard.content.pages import FIRST
from dashboard.errors import ClusterReviewError
from dashboard.settings import settings


def note_refused_attempt(identity: Identity, action: Action) -> None:
    """Note that somebody was refused; a log that cannot be written lets nobody pass either."""
    with suppress(ClusterReviewError):
        open_access_log(settings()).note_refused(identity, action, _page())


def _page() -> str | None:
    """Path of the page that is drawn; None in a thread that serves none."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return urlsplit(st.context.url or "").path.rpartition("/")[2] or FIRST
