"""Every report in every format for every region, in a rich, a poor and an empty year, opened again.

Files are opened by programs that did not write them, or taken apart as what they are: archives of
XML. `make test` runs a sample with a fixed seed, `make test-all` the whole.
"""

import csv
import io
import random
import re
from itertools import product
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from lxml import etree

from dashboard.access import DESK
from dashboard.content.compose import compose_panel, draft, freeze_panel
from dashboard.content.document import ChartBlock, MapBlock
from dashboard.content.pages import reports
from dashboard.content.panel import PanelView
from dashboard.i18n import LANGUAGES
from dashboard.judging.judging import Judging
from dashboard.render.formats import possible_formats, render
from dashboard.settings import Settings
from dashboard.store.editions import Editions

RICH, POOR, EMPTY = 2019, 2015, 2008
"""Years of which much is known of many regions, little of most, and nothing of almost all."""
REGIONS = [f"KR-{code}" for code in (11, *range(26, 32), *range(41, 51))] + ["KR"]
CASES = list(product(tuple(reports()), REGIONS, (RICH, POOR, EMPTY), LANGUAGES))
CRASHED = [("kpi", "KR-50", RICH, "ko"), ("deck", "KR-47", POOR, "en")]
"""Slides of a trend without a point: "chart data contains no categories"."""
SHORT = [case for case in CASES if case[0] != "sources"]
"""The sources are those of the whole record, whatever the region: a hundred slides each time."""
SAMPLE = [*CRASHED, *random.Random(2019).sample(SHORT, 8)]
FILES = dict.fromkeys((*reports(), "panel"), 5) | {"deck": 4}
"""How many formats each has beside pictures: the Hangul document is not made of a deck."""
LEFTOVER = re.compile(r"\bNone\b(?! of )|\bnan\b|[{}]|Traceback")
"""What stands in a text when a value was not worded."""


def read_archive(content):
    """Texts of all XML parts: each is well formed, or lxml says where it is not."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".hpf")):
                root = etree.fromstring(archive.read(name))
                yield from root.xpath(".//*[local-name() = 't']/text()")


def read_pdf(content):
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.get_textpage().get_text_bounded()
    document.close()


def read_workbook(content):
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


def read_csv(content):
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield from row


READERS = {
    ".pdf": read_pdf,
    ".pptx": read_archive,
    ".hwpx": read_archive,
    ".xlsx": read_workbook,
    ".csv": read_csv,
}


def told(kind, region, year):
    if kind == "ranking":
        return {"metric": "foreign_patients", "year": year, "region": region}
    return {
        name: value
        for name, value in {"region": region, "year": year}.items()
        if name in reports()[kind].parameters
    }


def drawings(report):
    return [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, ChartBlock | MapBlock)
    ]


def check_files(record, kind, region, year, language):
    """Write and open every file of a report; returns how many."""
    return check_report(draft(record, kind, told(kind, region, year), language))


def check_report(report):
    kind = report.kind
    assert all(block.has_points for block in drawings(report) if isinstance(block, ChartBlock))
    opened = [suffix for suffix in possible_formats(kind) if suffix in READERS]
    for suffix in opened:
        texts = [text for text in READERS[suffix](render(report, suffix)) if text.strip()]
        squeezed = "".join("".join(texts).split())
        assert "".join(report.title.split()) in squeezed, suffix
        for text in texts:
            assert not LEFTOVER.search(text), (suffix, text)
    pictures = range(1, len(drawings(report)) + 1)
    for number in pictures:
        assert etree.fromstring(render(report, ".svg", chart=number)).tag.endswith("svg")
    return len(opened)


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: "-".join(map(str, case)))
def test_files_of_a_sample_open(record, case):
    assert check_files(record, *case) == FILES[case[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_a_judged_round_open(record, record_settings, tmp_path, language):
    judging = Judging(Settings(workspace=tmp_path))
    judging.practice.open()
    chair = judging.sessions.sign_in(
        judging.practice.codes()[0].round_id, judging.practice.codes()[0].code
    ).identity
    judging.rounds.close(chair, "the day is over")
    view = PanelView(judging.results.result(chair), ())
    edition = freeze_panel(record, Editions(record_settings), view, language, "Kim", identity=DESK)
    assert check_report(compose_panel(record, edition, view)) == FILES["panel"]


@pytest.mark.long
@pytest.mark.parametrize("kind", tuple(reports()))
@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_every_region_open(record, kind, language):
    regions = [row["region"] for row in record.ask("regions").rows]
    assert sorted(regions) == sorted(REGIONS)
    wanted = [case for case in CASES if case[0] == kind and case[3] == language]
    assert len(wanted) == 18 * 3
    files = sum(check_files(record, *case) for case in wanted)
    assert files == 18 * 3 * FILES[kind]  # with all kinds and both languages 2,052 files
