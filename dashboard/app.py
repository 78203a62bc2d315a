"""The Streamlit script: page set-up, language, navigation, and what a reader sees when something fails."""

import logging
from uuid import uuid4

import streamlit as st

from dashboard.app_pages import overview, sources
from dashboard.components.page_header import page_header
from dashboard.components.style import apply_style
from dashboard.errors import ClusterReviewError

_log = logging.getLogger(__name__)

_TEXTS = {
    "ko": {
        "product": "클러스터 리뷰",
        "overview": "개요",
        "sources": "출처",
        "failed": "화면을 만들지 못했습니다",
        "lost": "저장된 자료는 그대로입니다.",
        "next": "새로고침해도 같으면 관리자에게 이 번호를 알려 주세요:",
    },
    "en": {
        "product": "Cluster Review",
        "overview": "Overview",
        "sources": "Sources",
        "failed": "This view could not be made",
        "lost": "Nothing that was stored is lost.",
        "next": "Reload the page; if it happens again, give the administrator this number:",
    },
}


def active_language() -> str:
    """The language of the page, from the URL: `en`, or `ko` for anything else."""
    return "en" if st.query_params.get("lang") == "en" else "ko"


def show_failure(error: Exception) -> bool:
    """Show a failure in the reader's words. The answer tells Streamlit that nothing more need be shown.

    Also the handler of `st.App`, so that it covers pages, callbacks and fragments alike.
    """
    if isinstance(error, ClusterReviewError):
        st.error(f"**{error.title}**  \n{error.message}  \n{error.remedy}")
        return True
    reference = uuid4().hex[:8]
    _log.error("Reference %s", reference, exc_info=error)
    texts = _TEXTS[active_language()]
    st.error(f"**{texts['failed']}**  \n{texts['lost']}  \n{texts['next']} `{reference}`")
    return True


def main() -> None:
    """Draw one run of the page the URL names."""
    language = active_language()
    texts = _TEXTS[language]
    pages = [
        st.Page(overview.page, title=texts["overview"], url_path="overview", default=True),
        st.Page(sources.page, title=texts["sources"], url_path="sources"),
    ]
    current = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{current.title} · {texts['product']}", page_icon="🏥", layout="wide")
    apply_style()
    page_header(pages, current, texts["product"], language)
    current.run()


if __name__ == "__main__":
    main()
