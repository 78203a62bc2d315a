"""The Streamlit script: set-up, language, navigation, and what is shown when something fails."""

import logging
from collections.abc import Callable
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import tell_of_refusals
from dashboard.content.pages import FIRST, PAGES, Page
from dashboard.errors import ClusterReviewError
from dashboard.i18n import ask_for_language, use_language
from dashboard.i18n import gettext as _
from dashboard.measures import RUN_SECONDS
from dashboard.render.screen.address import arrive
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.style import apply_style
from dashboard.settings import settings
from dashboard.store.damage import readable_fault
from dashboard.ui.composing import drawing
from dashboard.ui.page import show
from dashboard.ui.record_in_view import follow_edition
from dashboard.ui.refused_attempts import note_refused_attempt

_log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Show a failure in the reader's words: the error boundary of pages, callbacks and fragments.

    Returns:
        True, which tells Streamlit that nothing more need be shown.
    """
    fault = readable_fault(error, settings().workspace)
    error = error if fault is None else fault
    if isinstance(error, ClusterReviewError):
        title, message, remedy = map(literal, (_(error.title), error.message, error.remedy))
        st.error(f"**{title}**  \n{message}  \n{remedy}")
        return True
    reference = uuid4().hex[:8]
    _log.error("A view could not be made", exc_info=error, extra={"reference": reference})
    title, lost = _("This view could not be made"), _("Nothing that was stored is lost.")
    remedy = _("Reload the page; if it happens again, give the administrator this number:")
    st.error(f"**{title}**  \n{lost}  \n{remedy} `{reference}`")
    return True


def page_language() -> str | None:
    """The language that the address names; None in a thread that serves no page.

    Callbacks, dialogs and fragments run without the page, in threads of their own.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else st.query_params.get("lang")


def _script(page: Page) -> Callable[[], None]:
    return lambda: show(page)


def main() -> None:
    """Draw one run of the page the URL names, in the language it names."""
    arrive()
    ask_for_language(page_language)
    tell_of_refusals(note_refused_attempt)
    use_language(st.query_params.get("lang"))
    pages = [
        st.Page(_script(page), title=page.title(), url_path=path, default=path == FIRST)
        for path, page in PAGES.items()
    ]
    current = st.navigation(pages, position="hidden")
    st.set_page_config(
        page_title=f"{current.title} · {_('Cluster Review')}", page_icon="🏥", layout="wide"
    )
    apply_style()
    follow_edition()
    with drawing(), RUN_SECONDS.labels(current.url_path or FIRST).time():
        current.run()


if __name__ == "__main__":
    main()
