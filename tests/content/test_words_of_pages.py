"""Every page and all that opens from it speaks the reader's language: tables and drawers, too.

What is read in the browser is scanned there (`tests/browser/test_page_language.py`), without
tables and dialogs; here stands the rest. Names stay as they were printed.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import pytest
from babel.messages.pofile import read_po

from dashboard.content.answer_table import answer_table
from dashboard.content.assembly import with_publishers
from dashboard.content.compose import draft
from dashboard.content.document import Cell, Column, Table
from dashboard.content.links import Link
from dashboard.content.pages import reports
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Source
from dashboard.i18n import record_text, speaking
from dashboard.settings import PROJECT_ROOT
from tests.conftest import SHIPPED

WORDS = {"ko": re.compile("[A-Za-z]{2,}"), "en": re.compile("[가-힣]+")}
"""Words of the other writing."""
ALLOWED = {
    code: {*(PROJECT_ROOT / f"tests/browser/allowed_{code}.txt").read_text("utf-8").split()}
    for code in WORDS
}
NAMES = frozenset(
    {"publisher", "publishers", "title", "event_title", "event", "institution", "other_names"}
    | {"host", "operator", "participant", "payer", "parties", "other_parties", "text", "centre"}
)
"""Columns of what has a name of its own."""
IDENTIFIERS = frozenset({"code", "terms", "url", "dispute_id"})
"""Columns by which programs ask and find."""
UNREAD = frozenset(
    {"anchor", "answer", "behind", "evidence", "form", "key", "kind", "link", "mood", "parameters"}
    | {
        "part",
        "question",
        "source_ids",
        "stamp",
        "tab",
        "trend",
        "value",
        "order",
        "chosen",
        "span",
    }
)
"""Fields that no reader sees."""
SHOWN = {
    "region": "KR-27", "year": 2019, "compare": "KR-30", "third": "KR-11", "base": 2018,
    "metric": "foreign_patients", "first_year": 2015,
}  # fmt: skip


@cache
def names(code: str) -> set[str]:
    """Words of the other writing in names that the record prints so for readers of a language."""
    found = set()
    for path in SHIPPED.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column in ("name_ko", "city_ko", "publisher") or (
                        code == "ko" and column.endswith("_ko")
                    ):
                        with speaking(code):
                            found.update(WORDS[code].findall(record_text(text)))
    return found


@cache
def phrases() -> re.Pattern[str]:
    """What is written in the other writing on purpose: addresses, quotations, institutions."""
    with (SHIPPED / "institutions.csv").open(encoding="utf-8") as file:
        printed = [re.escape(row["name_en"]) for row in csv.DictReader(file)]
    return re.compile("|".join([r"https?://\S+", r'"[^"]*"', *printed]))


def said(part: object, context: QueryContext, column: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a report and of the tables behind its blocks, with the column they stand in."""
    if isinstance(part, str):
        yield column, part
    elif isinstance(part, tuple):
        for one in part:
            yield from said(one, context, column)
    elif isinstance(part, Cell):
        yield column, part.text
    elif isinstance(part, Column):
        yield column, part.label
    elif isinstance(part, Source):
        yield column, part.tier
    elif is_dataclass(part) and not isinstance(part, Link):
        for field in fields(part):
            if isinstance(part, Table) and field.name == "rows":
                for row in part.rows:
                    for at, cell in zip(part.columns, row, strict=True):
                        yield from said(cell, context, at.name)
            elif field.name not in UNREAD:
                yield from said(getattr(part, field.name), context, column)
        if (answer := getattr(part, "answer", None)) is not None:
            yield from said(with_publishers(answer_table(answer), context), context)


def foreign_words(report: Report, context: QueryContext, code: str) -> dict[str, str]:
    """Words of the other writing that are neither allowed nor names, each with its text."""
    found = {}
    for column, text in said(report, context):
        if column not in NAMES | IDENTIFIERS:
            for word in WORDS[code].findall(phrases().sub("", text)):
                if word not in ALLOWED[code] | names(code):
                    found[f"{column}: {word}"] = text
    return found


COMMANDS = re.compile(
    r"\{[^}]*\}|`[^`]*`|python -m dashboard.*|panel (?:verify|recover).*"
    r"|--\w+|CLUSTER_\w+|lake(?:\.\w+)?|\b[a-z]+(?:_[a-z]+)+|/cluster-review|chmod 600"
    r"|\bserve(?![a-z])|apt-get install nginx|/proc|GRANT CREATE ON DATABASE .*"
    r"|(?:docs|\.streamlit)/[\w.]+|(?:official|approver) KR-27|\badministrator\b|\bauditor\b"
)
"""What is filled in, or typed and named as it is: fields, commands, options, settings and files."""
OF_SERVERS = frozenset(
    {"Debian", "GiB", "JWKS", "Linux", "NTP", "PEM", "Python", "Ubuntu", "Windows", "https"}
    | {"nginx", "PostgreSQL"}
)
"""Names of formats, units and programs, said to whoever runs the server."""


def report_of(record, name, code, region):
    page = reports()[name]
    shown = {**SHOWN, "region": region}
    return draft(record, name, {one: shown[one] for one in page.parameters if one in shown}, code)


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("name", sorted(reports()))
def test_a_page_and_what_is_behind_it_speaks_one_language(shipped_record, name, code):
    context = QueryContext(shipped_record, shipped_record.current())
    with speaking(code):
        made = report_of(shipped_record, name, code, "KR-27")
        assert foreign_words(made, context, code) == {}


@pytest.mark.long
@pytest.mark.parametrize("code", WORDS)
def test_pages_of_every_region_speak_one_language(shipped_record, code):
    context = QueryContext(shipped_record, shipped_record.current())
    found = {}
    with speaking(code):
        for region in context.regions:
            for name, page in reports().items():
                if "region" in page.parameters and (region != "KR" or "region" not in page.needs):
                    made = report_of(shipped_record, name, code, region)
                    found |= {
                        (region, name, word): text
                        for word, text in foreign_words(made, context, code).items()
                    }
    assert found == {}


def test_what_a_korean_page_can_say_has_no_english_word():
    """Dialogs, drawers and messages, by their msgids."""
    path = PROJECT_ROOT / "dashboard/i18n/ko/messages.po"
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, "ko") if entry.id]
    found = {}
    for entry in entries:
        texts = (entry.string,) if isinstance(entry.string, str) else entry.string
        for text in texts:
            for word in WORDS["ko"].findall(COMMANDS.sub("", text)):
                if word not in ALLOWED["ko"] | OF_SERVERS:
                    found.setdefault(word, text)
    assert found == {}
