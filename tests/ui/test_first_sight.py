"""What stands in the document before the page is drawn: what anybody sees there, else gray."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from starlette.requests import Request

from dashboard.content.compose import draft
from dashboard.i18n import speaking
from dashboard.settings import settings
from dashboard.store.refusal import Refusal, note_refusal
from dashboard.ui import composing
from dashboard.ui import first_sight as module
from dashboard.ui.first_sight import first_sight
from tests.own_loop import in_own_loop

VIEW = "region=KR-27&year=2019&compare=KR-30"


@pytest.fixture(autouse=True)
def workspace(process_settings, record_settings, monkeypatch):
    """The shared record, whose settings are asked anew; however slow the machine, it is waited."""
    process_settings(record_settings)
    monkeypatch.setattr(module, "_LONGEST_WAIT_S", 60)
    composing._views.forget()
    yield
    module._bar.cache_clear()


def document(query, path, code, **headers):
    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(),
        "headers": raw,
    }  # fmt: skip
    return first_sight(Request(scope), path, code)


def seen(query, path="/", code="en", **headers):
    return in_own_loop(document(query, path, code, **headers))


def words(html):
    return " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.mark.parametrize("code", ["ko", "en"])
def test_the_overview_begins_with_its_finding_and_the_first_figures(record, code):
    """Not with what comes later: the sections between which something is drawn by scripts."""
    html = seen(f"{VIEW}&lang={code}", code=code)
    asked = {"region": "KR-27", "year": 2019, "compare": "KR-30"}
    report = draft(record, "kpi", asked, code, record.current())
    assert words(report.sections[0].title) in words(html)
    assert "31,183" in html
    assert html.count("cr-tile") >= 6
    assert "cr-first-gray" not in html
    assert not re.search(r' (id|for|aria-labelledby|aria-describedby)="(?!cr-first")', html)


def test_another_year_and_no_comparison_are_as_the_address_says():
    html = seen("region=KR-27&year=2018&compare=none", code="ko")
    assert "17,745" in html
    assert "대전" not in words(html)


def test_what_is_open_is_open_in_the_document_too():
    closed, opened = (
        seen(f"{VIEW}&lang=en{more}", code="en") for more in ("", "&open=figures-1&sort-x=y.asc")
    )
    assert "31,183" in opened
    assert opened.count('aria-expanded="true"') == 1
    assert opened.count("cr-tile") > closed.count("cr-tile")
    assert "cr-first-gray" not in opened


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (f"{VIEW}&lang=xx", "/"),
        (f"{VIEW}&open={'definitions,' * 7}", "/"),
        ("region=KR-99&year=2019", "/"),
        ("region=KR-27&year=1066", "/"),
        ("region=KR-27&year=2019&as_of=1", "/"),
        ("region=KR-27&year=2019&evidence=none", "/"),
        (f"{VIEW}&compare={'A' * 7000}", "/"),
        ("region=KR-27&year=2019&compare=KR-27", "/"),
        (VIEW, "/patients"),
        (VIEW, "/nowhere"),
        (VIEW, "/%2e%2e/"),
    ],
)
def test_what_has_to_be_said_first_and_other_pages_have_gray_places(query, path):
    html = seen(query, path)
    assert "cr-first-gray" in html
    assert "31,183" not in html


def test_a_deck_has_no_bar():
    assert seen(f"{VIEW}&edition=20260101-ab") == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "cluster_review_session=practice.abc"},
        {"cookie": "other=1; _streamlit_user=signed"},
        {"cookie": "_streamlit_user_1=a-part"},
        {"x_identity_token": "a.b.c"},
    ],
)
def test_whoever_may_be_somebody_is_shown_nothing_yet(headers):
    """What they may see is decided where it is known who they are."""
    assert "cr-first-gray" in seen(VIEW, **headers)


def test_exact_counts_are_not_shown_unnoted(monkeypatch):
    monkeypatch.setattr(module, "exact_regions", lambda _report: {"KR-27"})
    assert "cr-first-gray" in seen(VIEW)


def test_a_refused_delivery_is_said_before_any_figure(tmp_path, built_copy, process_settings):
    process_settings(built_copy(tmp_path / "workspace"))
    assert "31,183" in seen(VIEW)
    note_refusal(settings(), Refusal("Refused", "A value is wrong.", "Mend it."))
    assert "cr-first-gray" in seen(VIEW)


def test_nothing_was_built_yet(tmp_path, monkeypatch):
    """The page says so; the document stands all the same."""
    monkeypatch.setenv("CLUSTER_REVIEW_WORKSPACE", str(tmp_path))
    settings.cache_clear()
    assert "cr-first-gray" in seen(VIEW)


def test_what_takes_long_is_not_waited_for(monkeypatch):
    """The document comes with gray places, and the page with what was composed meanwhile."""
    go_on, done = Event(), Event()
    compose = module.composed

    def slow(*asked):
        go_on.wait(60)
        found = compose(*asked)
        done.set()
        return found

    monkeypatch.setattr(module, "composed", slow)
    monkeypatch.setattr(module, "_LONGEST_WAIT_S", 0.01)

    async def go_on_after():
        html = await document(VIEW, "/", "en")
        go_on.set()
        return html

    assert "cr-first-gray" in in_own_loop(go_on_after())
    assert done.is_set()


def test_a_fault_is_left_to_the_page_and_logged(monkeypatch, caplog):
    """The document stands all the same; what nobody foresaw is not lost."""

    def broken(*_asked):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(module, "composed", broken)
    assert "cr-first-gray" in seen(VIEW)
    assert "a fault of ours" in caplog.text


def test_a_page_that_is_drawn_goes_before_a_document(record):
    """What would have to be composed is not, what is kept is shown."""
    with composing.drawing():
        assert "cr-first-gray" in seen(VIEW)
        parameters = {"region": "KR-27", "year": 2019, "compare": "KR-30"}
        with speaking("en"):
            composing.composed(record, "kpi", parameters)
        assert "31,183" in seen(VIEW)


def test_a_document_that_is_kept_waits_for_none_that_is_composed():
    assert "31,183" in seen(VIEW)
    with module._composing:
        assert "31,183" in seen(VIEW)
        assert "cr-first-gray" in seen("region=KR-27&year=2018&compare=KR-30")


def test_a_view_for_which_two_ask_at_once_is_composed_once(record, monkeypatch):
    """Whoever asks second, document or page, waits for it."""
    begun, drafts = Barrier(2), []

    def noted(*asked):
        drafts.append(asked)
        return draft(*asked)

    def ask():
        begun.wait()
        return composing.composed(record, "kpi", {"region": "KR-26", "year": 2015, "compare": None})

    monkeypatch.setattr(composing, "draft", noted)
    with ThreadPoolExecutor(2) as threads:
        first, second = (asking.result() for asking in [threads.submit(ask) for _time in "ab"])
    assert first is second
    assert len(drafts) == 1
