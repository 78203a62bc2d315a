"""What no source prints says so on every surface: inferred dates, translated titles."""

import io
import zipfile

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import Table
from dashboard.i18n import label, speaking
from dashboard.render.formats import render

INFERRED, PRINTED = "DG-2016-YAK", "DG-2020-B2B"
SAID = {"en": "inferred, not printed", "ko": "인쇄되지 않아 추정"}


def cells(report):
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from block.rows


@pytest.mark.parametrize("code", ["ko", "en"])
def test_an_inferred_date_says_so_in_the_list_and_on_its_page(shipped_record, code):
    listed = draft(shipped_record, "events", {"region": "KR-27"}, code)
    dates = {
        dict(row[1].link.parameters)["event"]: row[0].text
        for row in cells(listed)
        if row[1].link and "event" in dict(row[1].link.parameters)
    }
    known = shipped_record.ask("events", {"region": "KR-27"}).rows
    marked = {event for event, text in dates.items() if SAID[code] in text}
    assert marked == {r["event_id"] for r in known if r["is_date_inferred"] and r["start_on"]}
    assert INFERRED in marked
    assert PRINTED not in marked


def test_it_stands_in_the_workbook_too(shipped_record):
    report = draft(shipped_record, "events", {"event": INFERRED}, "en")
    with zipfile.ZipFile(io.BytesIO(render(report, ".xlsx"))) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )
    assert SAID["en"] in text


@pytest.mark.parametrize("code", ["ko", "en"])
def test_the_page_says_whether_a_korean_title_is_printed(shipped_record, code):
    rows = shipped_record.ask("events").rows
    for origin in {row["title_ko_origin"] for row in rows if row["title_ko_origin"]}:
        event = next(row for row in rows if row["title_ko_origin"] == origin)
        report = draft(shipped_record, "events", {"event": event["event_id"]}, code)
        with speaking(code):
            words = label("title_origin", origin)
        assert any(words in cell.text for row in cells(report) for cell in row), origin
