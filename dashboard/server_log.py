"""The log of the server: one line an event, as text or as JSON, without values of the record.

What a message or an error quotes could be of a patient, and an address could carry a code. Hence
of an error the log has its class and where it came from, not what it says; of an address the path.
"""

import json
import logging
import re
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

from dashboard.errors import ClusterReviewError

LogFormat = Literal["text", "json"]
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered."""
FIELDS = ("reference", "method", "route", "path", "status", "ms")
"""What a record may carry beside its message."""
_QUOTING = frozenset({"streamlit", "asyncio", "authlib"})
_QUERY = re.compile(r"(?<=[\w/.])\?[^\s\"'<>]*=[^\s\"'<>]*")


def write_log(form: LogFormat) -> None:
    """Write all that is logged in this process to standard error, in one form.

    Requests that went well are written in JSON only: people read the text.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    for former in [*root.handlers]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("dashboard").setLevel(logging.INFO if form == "json" else logging.WARNING)
    logging.captureWarnings(True)
    threading.excepthook = _log_thread_failure
    logging.getLogger(__name__).info("The server starts")


def write_log_of_server(form: LogFormat) -> None:
    """The same in a process that serves pages: what serves them would write in forms of its own."""
    import streamlit.logger  # loaded where it serves anyway
    import uvicorn.config

    # Streamlit gives each of its loggers a handler of its own, now and when it makes another.
    streamlit.logger.setup_formatter = _leave_to_root
    streamlit.logger.update_formatter()
    for named in uvicorn.config.LOGGING_CONFIG["loggers"].values():
        named.update(handlers=[], propagate=True)
    write_log(form)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """What the web server says of every connection names addresses, and nothing that is amiss."""
    return record.levelno >= logging.WARNING or not record.name.startswith("uvicorn")


def _leave_to_root(logger: logging.Logger) -> None:
    for handler in [*logger.handlers]:
        logger.removeHandler(handler)
    logger.propagate = True


def _log_thread_failure(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    logging.getLogger("dashboard.threads").error("A thread ended", exc_info=error or False)


class TextLines(logging.Formatter):
    """A line for people: time (UTC), level, logger, message; below it where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and those of an error."""
        written = _written(record)
        line = "{time} {level} {logger}: {message}".format(**written)
        more = [f"{name}={written[name]}" for name in ("request_id", *FIELDS) if name in written]
        trace = [f"    {place}" for place in written.get("trace", ())]
        error = [f"  {written['error']}"] if "error" in written else []
        return "\n".join((" ".join((line, *more)), *error, *trace))


class JsonLines(logging.Formatter):
    """One JSON object a line: `docs/operations.md` names its members."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(_written(record), ensure_ascii=False)


def _written(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    written: dict[str, Any] = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _QUERY.sub("?…", _message(record)),
    }
    if request_id := REQUEST_ID.get():
        written["request_id"] = request_id
    written |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        written["error"] = _named(error)
        written["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return written


def _message(record: logging.LogRecord) -> str:
    """What is said, and of libraries that quote requests and errors only their own words."""
    if record.name.partition(".")[0] in _QUOTING:
        return str(record.msg).partition("\n")[0]
    return record.getMessage()


def _named(error: BaseException) -> str:
    """The class of an error, with what of it is never a value."""
    name = type(error).__name__
    if isinstance(error, ClusterReviewError):
        return f"{name}: {error.title}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    return name
