"""What opens above a page because its address names it: evidence of a figure, data of a block."""

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.content.document import Block, ChartBlock, DotChart
from dashboard.content.links import OF_CENTRE, OF_EVENT
from dashboard.content.mentions import cells_of
from dashboard.content.pages import report_title
from dashboard.content.readings import evidence_words, value_text
from dashboard.content.report import Report
from dashboard.content.same_figure import claims_of_nationality, reading_of_cell
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, place_text, record_text, with_particles
from dashboard.kpi import Reading, read_metric
from dashboard.render.drawing import to_png, to_svg
from dashboard.render.file_names import answer_name, file_name
from dashboard.render.screen.openings import CELL, EVIDENCE
from dashboard.render.screen.texts import draw_text
from dashboard.render.screen.written import blocks_by_key
from dashboard.settings import settings
from dashboard.store.answer import Answer, Row
from dashboard.store.ask import Record
from dashboard.ui.answer_files import answer_files, answer_rows, save_button
from dashboard.ui.drawer import drawer
from dashboard.ui.evidence import (
    build_note,
    evidence_of_cell,
    evidence_of_centre,
    evidence_of_event,
    evidence_of_reading,
)
from dashboard.ui.noting import downloads
from dashboard.ui.reader import reader

_BEHIND = "behind"
"""Parameter of the address: key of a block."""
_SVG_POINTS = 720.0
_PNG_PIXELS = 2400


def open_what_is_behind(record: Record, report: Report, passed_on: Report) -> None:
    """Open the evidence or the data that the address names; nothing where it names none.

    Args:
        record: as the reader may read it.
        report: as it is shown.
        passed_on: the same as everybody may see it, from which pictures are made.
    """
    if EVIDENCE in st.query_params:
        opens = opens_evidence(record, st.query_params[EVIDENCE])
        if opens is not None:
            opens()
    elif CELL in st.query_params:
        _open_cell(record, report, st.query_params[CELL])
    elif _BEHIND in st.query_params:
        key = st.query_params[_BEHIND]
        block = blocks_by_key(report).get(key)
        if block is not None:
            title = getattr(block, "title", "") or _("Table behind this")
            page = report_title(report.kind)
            saved = blocks_by_key(passed_on).get(key)
            st.dialog(title, width="large", on_dismiss=_close)(_data)(block, saved, key, page)


def _close() -> None:
    st.query_params.pop(_BEHIND, None)


def opens_evidence(record: Record, named: str) -> Callable[[], None] | None:
    """What opens the evidence that the address names; None of what the record does not have."""
    if named.startswith(OF_EVENT):
        return _opens_event(record, named)
    if named.startswith(OF_CENTRE):
        return _opens_centre(record, named)
    found = re.fullmatch(r"([a-z_0-9]+)\.([A-Z0-9-]+)\.(\d{4})", named)
    catalogue = read_catalogue(settings().queries)
    if found is None or found[1] not in catalogue:
        return None
    metric, region, year = catalogue[found[1]], found[2], int(found[3])
    try:
        reading = read_metric(record, metric, region, year)
    except UsageError:
        return None
    return partial(_open_reading, record, reading, named)


def _opens_event(record: Record, named: str) -> Callable[[], None] | None:
    """What opens the claims that differ about an event."""
    try:
        event = record.ask("events", {"event_id": named.removeprefix(OF_EVENT)}).first
    except UsageError:
        return None
    return None if event is None else partial(_open_event, record, event, named)


def _open_event(record: Record, event: Row, named: str) -> None:
    with drawer(_("Where sources differ about the event"), record_text(event["title"]), named):
        evidence_of_event(record, event["event_id"])


def _opens_centre(record: Record, named: str) -> Callable[[], None] | None:
    """What opens that which vouches for a promotion centre."""
    answer = record.ask("map_centres")
    centre_id = named.removeprefix(OF_CENTRE)
    row = next((row for row in answer.rows if row["centre_id"] == centre_id), None)
    return None if row is None else partial(_open_centre, answer, row, named)


def _open_centre(answer: Answer, row: Row, named: str) -> None:
    with drawer(_("Promotion centre"), place_text(row["city"], row["country"]), named):
        evidence_of_centre(answer, row)


def _open_reading(record: Record, reading: Reading, named: str) -> None:
    place = f"{label('region', reading.region)} {reading.year}"
    subtitle = f"{reading.name} · {place} · {evidence_words(reading)}"
    with drawer(_why(value_text(reading)), subtitle, named):
        evidence_of_reading(record, reading)


def _open_cell(record: Record, report: Report, named: str) -> None:
    """Open all claims of a figure, or what vouches for one that nobody prints by itself."""
    key, _dot, place = named.rpartition(".")
    block = blocks_by_key(report).get(key)
    cells = list(cells_of(block)) if block is not None else []
    if not place.isdecimal() or int(place) >= len(cells):
        return
    about, cell = cells[int(place)]
    reading = reading_of_cell(record, block, cell) if block is not None else None
    rows = claims_of_nationality(record, block, cell) if block is not None else ()
    if reading is not None:
        _open_reading(record, reading, named)
        return
    with drawer(_why(cell.text), about, named):
        evidence_of_cell(report, cell, rows)


def _why(value: str) -> str:
    return with_particles(_("Why {value}").format(value=value))


def _data(block: Block, saved: Block | None, key: str, page: str) -> None:
    """The rows as a table and as files, and a chart as a picture of what everybody may see."""
    title = getattr(block, "title", "")
    answer: Answer | None = getattr(block, "answer", None)
    with st.container(horizontal=True):
        if answer is not None:
            answer_files(answer, title, page, key)
        if isinstance(saved, ChartBlock | DotChart):
            _pictures(saved, page, key)
    if answer is not None and answer.is_exact:
        draw_text(_("Files have the counts that everybody sees, changed by a fixed rule."), "weak")
        with st.container(key="cr-exact-rows"):
            answer_rows(answer)
        build_note(answer.build)
    elif answer is not None:
        answer_rows(answer)
        build_note(answer.build)
    elif isinstance(block, ChartBlock | DotChart):
        st.write(block.alt)


def _pictures(block: ChartBlock | DotChart, page: str, key: str) -> None:
    for kind in ("svg", "png"):
        title = _("Save as {format}").format(format=kind.upper())
        if block.answer is None:
            name = file_name((page, key), f".{kind}")
        else:
            name = answer_name(block.answer, block.title, page, f".{kind}")
        made = partial(_picture, block, kind)
        question = block.answer.question.name if block.answer else key
        asked = block.answer.parameters if block.answer else {}
        taken = downloads(made, f".{kind}", reader().identity, question, asked)
        save_button(title, taken, name, f"{key}-{kind}")


def _picture(block: ChartBlock | DotChart, kind: str) -> bytes:
    """Drawn when it is asked for, by the program that draws for paper."""
    if kind == "svg":
        return to_svg(block, _SVG_POINTS, language()).encode("utf-8")
    return to_png(block, _PNG_PIXELS, language())
