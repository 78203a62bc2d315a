"""The language of a page reaches whatever runs without the page."""

import ast
from pathlib import Path
from threading import Thread

import pytest

import dashboard
from dashboard.i18n import (
    ask_for_language,
    gettext,
    in_page_language,
    language,
    speaking,
    use_language,
)

ROOT = Path(dashboard.__file__).parent
SETS_IT = {
    "i18n/language.py",
    "app.py",
    "sign_in.py",
    "score_route.py",
    "__main__.py",
    "intake/job_process.py",
    "ui/presenting/deck.py",
}
"""Where a run begins; a deck speaks the language of its edition."""


def in_a_thread(made):
    """What a callable gives in a thread in which no language was ever set."""
    given = []
    thread = Thread(target=lambda: given.append(made()))
    thread.start()
    thread.join()
    return given[0]


@pytest.fixture
def asked():
    yield ask_for_language
    ask_for_language(lambda: None)


def test_a_thread_of_the_page_speaks_the_language_of_its_address(asked):
    asked(lambda: "en")
    assert in_a_thread(language) == "en"
    assert in_a_thread(lambda: gettext("Overview")) == "Overview"
    asked(lambda: "de")
    assert in_a_thread(language) == "ko"


def test_a_thread_of_no_page_speaks_the_language_in_which_its_work_was_ordered():
    with speaking("en"):
        made = in_page_language(language)
    with speaking("ko"):
        assert (in_a_thread(made), made(), language()) == ("en", "en", "ko")


def test_what_was_set_holds(asked):
    asked(lambda: "en")
    assert in_a_thread(lambda: (use_language("ko"), language())[1]) == "ko"


def test_no_part_of_a_page_sets_the_language_itself():
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "use_language(" in path.read_text(encoding="utf-8")
    }
    forms_of_the_intake = {"intake/templates.py", "intake/codes.py"}
    assert found - forms_of_the_intake == SETS_IT


def test_every_download_that_is_made_later_is_made_in_the_language_of_its_page():
    """Streamlit calls `data` in a thread of its own; what is already bytes is no matter."""
    seen = 0
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(
                "download_button"
            ):
                continue
            seen += 1
            data = next(one.value for one in node.keywords if one.arg == "data")
            written = ast.unparse(data)
            is_made = isinstance(data, ast.Attribute) and written.endswith(".content")
            called = ast.unparse(data.func) if isinstance(data, ast.Call) else ""
            assert is_made or called in ("in_page_language", "_slips"), f"{path}: data={written}"
    assert seen > 5
