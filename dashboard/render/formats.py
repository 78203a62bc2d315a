"""Which report can be written in which format, and by what."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from dashboard.content.document import Drawing
from dashboard.content.report import Report
from dashboard.errors import UsageError
from dashboard.render.drawing import to_png, to_svg
from dashboard.store.answer import only_protected

Encoding = Literal["utf-8", "cp949"]

_PAPER = (".pdf", ".pptx", ".hwpx", ".xlsx", ".csv")
_PICTURES = (".svg", ".png")
_OF_REPORT = {
    "deck": (".pptx", ".pdf", ".xlsx", ".csv", *_PICTURES),
    "panel": _PAPER,
    "sheets": (".pdf", ".hwpx"),
}
_PICTURE_POINTS, _PICTURE_PIXELS = 480.0, 1600


def possible_formats(report: str) -> tuple[str, ...]:
    """Suffixes of the files a kind of report can become, the usual one first."""
    return _OF_REPORT.get(report, (*_PAPER, *_PICTURES))


def check_format(report: str, out: Path) -> None:
    """Refuse a file name whose format the report cannot have, before anything is computed.

    Raises:
        UsageError: the suffix is unknown or not one of this report.
    """
    possible = possible_formats(report)
    if out.suffix.lower() not in possible:
        raise UsageError(
            "This report cannot be written in this format",
            f"'{out.name}' was asked for of the report '{report}'.",
            f"Possible: {', '.join(possible)}.",
        )


def render(report: Report, suffix: str, *, chart: int = 1, encoding: Encoding = "utf-8") -> bytes:
    """The report as a file of one of `possible_formats`. The same report gives the same bytes.

    `chart`, counted from 1, is the chart or map that becomes a picture; `encoding` is of CSV only.

    Raises:
        UsageError: the report has no such chart.
        AccessDenied: it holds exact counts of a city's own patients.
    """
    parts = (*report.sections, *report.slides)
    only_protected(getattr(block, "answer", None) for part in parts for block in part.blocks)
    chosen = suffix.lower()
    printed = report.on_paper()
    if chosen in _PICTURES:
        return _picture(printed, chosen, chart)
    if chosen == ".csv":
        from dashboard.render.tables import report_to_csv

        return report_to_csv(printed, encoding)
    return _writer(chosen)(printed)


def _writer(suffix: str) -> Callable[[Report], bytes]:
    """Writers are fetched when they are needed: each brings a library of its own."""
    if suffix == ".pdf":
        from dashboard.render.pdf import report_to_pdf

        return report_to_pdf
    if suffix == ".pptx":
        from dashboard.render.slides import report_to_pptx

        return report_to_pptx
    if suffix == ".hwpx":
        from dashboard.render.hangul import report_to_hwpx

        return report_to_hwpx
    if suffix == ".xlsx":
        from dashboard.render.workbook import report_to_xlsx

        return report_to_xlsx
    raise LookupError(suffix)


def _picture(report: Report, suffix: str, number: int) -> bytes:
    drawings = [block for block in report.blocks if isinstance(block, Drawing)]
    if not 1 <= number <= len(drawings):
        titles = "; ".join(f"{at}: {block.title}" for at, block in enumerate(drawings, 1))
        raise UsageError(
            "There is no such chart",
            f"Chart {number} was asked for; the report has {len(drawings)}.",
            titles or "Choose a report or a year with figures to draw.",
        )
    block, language = drawings[number - 1], report.stamp.language
    if suffix == ".svg":
        return to_svg(block, _PICTURE_POINTS, language).encode()
    return to_png(block, _PICTURE_PIXELS, language)
