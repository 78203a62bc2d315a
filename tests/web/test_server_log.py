"""What the log has of an error is where it came from, never what it quotes."""

import json
import logging

import pytest

from dashboard import app
from dashboard.errors import UsageError
from dashboard.server_log import REQUEST_ID, JsonLines, TextLines


def record(message, *arguments, error=None, **more):
    """A record as a logger makes it."""
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("here", logging.ERROR, "f.py", 1, message, arguments, info)
    made.__dict__.update(more)
    made.created = 1_574_984_096.5  # 28 November 2019, 23:34:56.5 UTC
    return made


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_of_json_has_time_level_logger_message_and_what_is_beside():
    token = REQUEST_ID.set("abc")
    try:
        written = json.loads(JsonLines().format(record("서버 %s", "시작", reference="1234abcd")))
    finally:
        REQUEST_ID.reset(token)
    assert written == {
        "time": "2019-11-28T23:34:56.500Z",
        "level": "error",
        "logger": "here",
        "message": "서버 시작",
        "request_id": "abc",
        "reference": "1234abcd",
    }


@pytest.mark.parametrize("form", [JsonLines, TextLines])
def test_an_error_is_named_with_its_place_and_without_its_words(form):
    error = raised(ValueError("could not convert 850101-1234567, 홍길동"))
    line = form().format(record("A view could not be made", error=error))
    assert "850101" not in line
    assert "홍길동" not in line
    assert "ValueError" in line
    assert f"{__file__}:" in line
    assert "raised" in line


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (FileNotFoundError(2, "No such file or directory", "/home/홍길동"), "No such file"),
        (UsageError("There is no such region", "홍길동", "-"), "UsageError: There is no such"),
        (KeyError("홍길동"), "KeyError"),
    ],
)
def test_of_some_errors_more_is_known_to_be_harmless(error, name):
    written = json.loads(JsonLines().format(record("x", error=raised(error))))
    assert name in written["error"]
    assert "홍길동" not in json.dumps(written, ensure_ascii=False)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("GET /sign-in?round=r1&code=ABC-DEF HTTP/1.1", "GET /sign-in?… HTTP/1.1"),
        ("'https://host/a/?state=x&code=y'", "'https://host/a/?…'"),
        ("Why? Because a=b", "Why? Because a=b"),
        ("is it so?", "is it so?"),
    ],
)
def test_of_an_address_only_the_path_is_written(message, shown):
    assert json.loads(JsonLines().format(record(message)))["message"] == shown


@pytest.mark.parametrize(
    ("logger", "message", "arguments"),
    [
        ("streamlit.web.server", "Error during authentication: %s", ("850101-1234567",)),
        ("streamlit.web.server", "Rejecting: origin=%s, host=%s", ("850101-1234567", "h")),
        ("asyncio", "Task exception was never retrieved\nfuture: 850101-1234567", ()),
    ],
)
def test_what_a_library_quotes_of_a_request_or_an_error_is_not_written(logger, message, arguments):
    made = record(message, *arguments)
    made.name = logger
    for form in (JsonLines, TextLines):
        line = form().format(made)
        assert "850101" not in line
        assert message.partition("\n")[0].partition(":")[0] in line


def test_the_number_that_a_reader_is_shown_finds_the_error_in_the_log(monkeypatch, caplog):
    shown = []
    monkeypatch.setattr(app.st, "query_params", {"lang": "en"})
    monkeypatch.setattr(app.st, "error", shown.append)
    app.show_failure(raised(ValueError("홍길동")))
    (logged,) = caplog.records
    assert f"`{logged.reference}`" in shown[0]
    line = json.loads(JsonLines().format(logged))
    assert line["reference"] == logged.reference
    assert line["error"] == "ValueError"
    assert "홍길동" not in json.dumps(line, ensure_ascii=False)
