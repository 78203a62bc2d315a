"""Names of files that say what is in them, in letters that every file system takes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from dashboard.catalogue import metric_name, read_catalogue
from dashboard.content.answer_table import without_empty_ends
from dashboard.content.pages import report_title
from dashboard.i18n import label
from dashboard.render.formats import Encoding
from dashboard.settings import settings
from dashboard.store.answer import Answer

_LONGEST = 60
"""Letters of a name without suffix: in Hangul 180 bytes, of the 255 that file systems take."""
_SUBJECT = 30
"""A title that is longer is a sentence, and no name."""
_NOT_A_LETTER = re.compile(r"[^\w%~-]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def file_name(parts: Iterable[object], suffix: str) -> str:
    """The parts joined by `_`, each in letters, digits, `-`, `%` and `~` alone: never a path.

    Args:
        parts: words; empty ones are left out.
        suffix: with its dot.
    """
    words = (_NOT_A_LETTER.sub("-", unicodedata.normalize("NFC", str(part))) for part in parts)
    stem = "_".join(word.strip("-_~") for word in words if word.strip("-_~"))[:_LONGEST]
    stem = stem.strip("-_~")
    return f"{'_' * bool(_DEVICE.fullmatch(stem))}{stem or '_'}{suffix}"


def name_ending(suffix: str, encoding: Encoding) -> str:
    """How a file's name ends: with what spreadsheets must be told, where they would guess wrong."""
    return suffix if encoding == "utf-8" else f"_{encoding.upper()}{suffix}"


def answer_name(answer: Answer, title: str, page: str, suffix: str) -> str:
    """What a file of an answer is called: `대구_외국인환자_2009-2024.csv`.

    Args:
        answer: its only region and metric are named, and its first and last year with a figure.
        title: of what is saved; named where there is no metric and it is short.
        page: named where both are missing.
        suffix: with its dot, or the ending of a name.
    """
    metric = _only(answer, "metric")
    subject = title if 0 < len(title) <= _SUBJECT else page
    if metric:
        # "외국인환자 수" counts what "외국인환자" names.
        subject = metric_name(read_catalogue(settings().queries), metric).removesuffix(" 수")
    region = _only(answer, "region")
    rows = without_empty_ends(answer).rows
    years = sorted({row["year"] for row in rows if row.get("year")})
    years = years or [answer.parameters["year"]] if answer.parameters.get("year") else years
    span = "-".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else ""
    return file_name((label("region", region) if region else "", subject, span), suffix)


def view_name(report: str, asked: Mapping[str, object], suffix: str, edition: str = "") -> str:
    """What a file of a view is called: `대구_환자_2019_ED-7K2QX.pdf`.

    Args:
        report: name of the report.
        asked: its parameters; region, metric, year, round and judge are named.
        suffix: with its dot, or nothing.
        edition: id of the edition from which the file is made.
    """
    metric = str(asked.get("metric") or "")
    parts = (
        label("region", asked["region"]) if asked.get("region") else "",
        report_title(report),
        metric_name(read_catalogue(settings().queries), metric).removesuffix(" 수"),
        asked.get("round") or "",
        asked.get("judge") or "",
        asked.get("year") or "",
        edition,
    )
    return file_name(parts, suffix)


def _only(answer: Answer, column: str) -> str:
    """The one code that all rows are of, or that was asked for; empty where there are several."""
    asked = answer.parameters.get(column)
    found = {asked} if asked else {row[column] for row in answer.rows if row.get(column)}
    return str(found.pop()) if len(found) == 1 else ""
