"""The log of access in words: what is read on its page, printed by its command and saved."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial

from dashboard.content.changes import author_text, table_text
from dashboard.content.log_words import person
from dashboard.content.pages import PAGES, report_title
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.quantities import KOREA
from dashboard.identity.access_log import AccessLog, Line
from dashboard.judging.judging import open_judging
from dashboard.settings import Settings
from dashboard.store.csv_text import csv_text


@cache
def open_access_log(settings: Settings) -> AccessLog:
    """The log of a workspace with its rounds, shared by all who ask in this process."""
    return AccessLog(settings, open_judging(settings).for_others)


def holds_text() -> str:
    """What is said where every chain of the log could be followed."""
    return _("Every chain holds. Compare the digests with those written down elsewhere.")


def actor_text(line: Line) -> str:
    """Who: accounts and names as they are, roles and judges of rounds in words."""
    return author_text(person(line.actor, {})) or _("somebody unknown")


def stream_text(stream: str) -> str:
    """What a stream of the ledger tells of; of a round, which."""
    area, slash, round_id = stream.partition("/")
    name = label("log_stream", area)
    return f"{name} {round_id}" if slash else name


def facts_text(line: Line) -> str:
    """What happened, in short."""
    if line.is_withheld:
        return _("withheld")
    return " · ".join(
        _WORDS[name](str(fact))
        for name, fact in line.facts.items()
        if not (name in ("account", "role") and fact == line.actor)
    )


def log_csv(lines: Iterable[Line], encoding: str) -> bytes:
    """The lines as CSV, with words and, in further columns, codes.

    Args:
        lines: in their order.
        encoding: utf-8, with the mark by which spreadsheets know it, or cp949.
    """
    heading = (
        *(_("Time in Korea"), _("Who"), _("What"), _("Facts"), _("Log")),
        *("written_at", "kind", "stream", "number", "digest"),
    )
    rows = (
        (
            *(_in_korea(line.written_at), actor_text(line), label("log_kind", line.kind)),
            *(facts_text(line), stream_text(line.stream)),
            *(line.written_at, line.kind, line.stream, line.number, line.digest),
        )
        for line in lines
    )
    text = csv_text([heading, *rows])
    if encoding == "cp949":
        return text.encode("cp949", errors="backslashreplace")  # as \u00e9, never lost
    return text.encode("utf-8-sig")


def _in_korea(moment: str) -> str:
    """A moment as spreadsheets read and sort it."""
    return f"{datetime.fromisoformat(moment).astimezone(KOREA):%Y-%m-%d %H:%M:%S}"


def _report(name: str) -> str:
    """A report, or a page on which one only acts, by its title."""
    title = next((page.title for page in PAGES.values() if page.report == name), None)
    return title() if title else report_title(name)


def _parameters(text: str) -> str:
    """`region=KR-27 year=2019` in words."""
    found = []
    for part in text.split():
        name, _sign, value = part.partition("=")
        known = label("region", value)
        plain = value if name in ("year", "first_year") else f"{label('column', name)} {value}"
        found.append(known if known != value else plain)
    return " ".join(found)


_region, _role = partial(label, "region"), partial(label, "access_role")
_WORDS: Mapping[str, Callable[[str], str]] = {
    "role": _role,
    "region": _region,
    "regions": _region,
    "of": lambda code: _("of {region}").format(region=_region(code)),
    "account": str,
    "seen_role": lambda code: _("as {role}").format(role=_role(code)),
    "seen_region": _region,
    "action": partial(label, "access_action"),
    "page": lambda path: PAGES[path].title() if path in PAGES else path,
    "report": _report,
    "parameters": _parameters,
    "format": str.upper,
    "edition": lambda name: _("edition {name}").format(name=name),
    "edition_id": lambda name: _("edition {name}").format(name=name),
    "build": lambda name: _("build {name}").format(name=name),
    "round": lambda name: _("round {name}").format(name=name),
    "receipt_id": lambda name: _("receipt {name}").format(name=name),
    "table": table_text,
    "status": partial(label, "intake_status"),
    "holder": lambda holder: person(holder, {}),
    "judge_id": str,
    "applicant": _region,
}
"""Part of a line → what gives its words, in the language of the moment."""
