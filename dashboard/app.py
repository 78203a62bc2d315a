"""The Streamlit script: set-up, language, navigation, and what is shown when something fails."""

import logging
import re
from string import punctuation
from uuid import uuid4

import streamlit as st

from dashboard.app_pages import (
    compare,
    events,
    funding,
    overview,
    patients,
    rankings,
    sources,
)
from dashboard.app_pages import map as map_page
from dashboard.components.page_header import page_header
from dashboard.components.refusal_note import refusal_note
from dashboard.components.style import apply_style
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import use_language

_log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Show a failure in the reader's words: the error boundary of pages, callbacks and fragments.

    Returns:
        True, which tells Streamlit that nothing more need be shown.
    """
    use_language(st.query_params.get("lang"))
    if isinstance(error, ClusterReviewError):
        title, message, remedy = map(_literal, (_(error.title), error.message, error.remedy))
        st.error(f"**{title}**  \n{message}  \n{remedy}")
        return True
    reference = uuid4().hex[:8]
    _log.error("Reference %s", reference, exc_info=error)
    title, lost = _("This view could not be made"), _("Nothing that was stored is lost.")
    remedy = _("Reload the page; if it happens again, give the administrator this number:")
    st.error(f"**{title}**  \n{lost}  \n{remedy} `{reference}`")
    return True


def _literal(text: str) -> str:
    """Keep Markdown from reading file and parameter names as its own signs."""
    return re.sub(f"([{re.escape(punctuation)}])", r"\\\1", text)


def main() -> None:
    """Draw one run of the page the URL names, in the language it names."""
    language = use_language(st.query_params.get("lang"))
    product = _("Cluster Review")
    pages = [
        st.Page(overview.page, title=_("Overview"), url_path="overview", default=True),
        st.Page(patients.page, title=_("Patients"), url_path="patients"),
        st.Page(events.page, title=_("Events"), url_path="events"),
        st.Page(funding.page, title=_("Funding"), url_path="funding"),
        st.Page(rankings.page, title=_("Rankings"), url_path="rankings"),
        st.Page(compare.page, title=_("Compare"), url_path="compare"),
        st.Page(map_page.page, title=_("Map"), url_path="map"),
        st.Page(sources.page, title=_("Sources"), url_path="sources"),
    ]
    current = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{current.title} · {product}", page_icon="🏥", layout="wide")
    apply_style()
    page_header(pages, current, product, language)
    refusal_note()
    current.run()


if __name__ == "__main__":
    main()
