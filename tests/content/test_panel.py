"""The panel's result on paper: what each reader may see, and the practice warning."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZipFile

import pypdfium2
import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.content.compose import compose, compose_panel, freeze_panel
from dashboard.content.document import Points, Table
from dashboard.content.panel import PanelView, panel_view
from dashboard.content.panel_sheets import sheets_view
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import use_language
from dashboard.judging.judging import Judging
from dashboard.judging.texts import head_line, log_promise, practice_warning
from dashboard.judging.verification import verify_round
from dashboard.judging.views import SheetStatus
from dashboard.render.formats import possible_formats, render
from dashboard.settings import Settings
from dashboard.store.editions import Editions


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The practice round, closed: the judging and the identities of its chair and of one judge."""
    use_language("en")
    judging = Judging(Settings(workspace=tmp_path_factory.mktemp("panel")))
    judging.practice.open()
    codes = judging.practice.codes()
    chair = judging.sessions.sign_in(codes[0].round_id, codes[0].code).identity
    judge = judging.sessions.sign_in(codes[1].round_id, codes[1].code).identity
    judging.rounds.close(chair, "the day is over")
    return judging, chair, judge


@pytest.fixture
def panel(record, record_settings, closed):
    """Composes the report that an identity may see."""
    judging, _chair, _judge = closed

    def composed(identity, sheets=()):
        view = PanelView(judging.results.result(identity), tuple(sheets))
        edition = freeze_panel(record, Editions(record_settings), view, "en", "Kim", identity=DESK)
        return edition, compose_panel(record, edition, view)

    return composed


def table(report, question_column):
    (found,) = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.columns[-1].name == question_column
    ]
    return [dict(zip((c.name for c in found.columns), row, strict=True)) for row in found.rows]


def test_every_page_will_say_that_practice_is_invented(panel, closed):
    use_language("en")
    _edition, report = panel(closed[1])
    assert report.warning == practice_warning()
    assert "invented" in report.warning


def test_ranking_is_the_result_of_the_round(panel, closed):
    judging, chair, _judge = closed
    _edition, report = panel(chair)
    official = judging.results.result(chair).outcome.applicants
    rows = table(report, "passes")
    assert [row["rank"].value for row in rows] == [row.rank for row in official]
    assert [Decimal(row["score"].text) for row in rows] == [row.final for row in official]
    digits = judging.results.result(chair).round.rules.rule.rounding.digits
    assert {len(row["score"].text.partition(".")[2]) for row in rows} == {digits}


def test_chair_reads_names_and_judge_reads_none(panel, closed):
    _room, chair, judge = closed
    _edition, by_chair = panel(chair)
    _edition, by_judge = panel(judge)
    named = {row["judge"].text for row in table(by_chair, "dropped")}
    assert any("Practice judge" in name for name in named)
    assert not any("judge" in row for row in table(by_judge, "dropped"))
    assert "Practice judge" not in repr(by_judge.sections)


def test_sheet_of_the_chair_adds_up(panel, closed):
    judging, chair, _judge = closed
    applicant = judging.results.result(chair).round.rules.applicants[0]
    someone = next(iter(judging.results.result(chair).judges))
    sheet = judging.sheets.sheet(chair, applicant, someone)
    _edition, report = panel(chair, [sheet])
    rows = table(report, "comment")
    assert sum(Decimal(row["points"].text) for row in rows) == sheet.total
    assert f"Total: {sheet.total.normalize():f} of 100 points" in repr(report.sections[-1])


def test_rule_seal_and_digest_are_printed(panel, closed):
    judging, chair, _judge = closed
    _edition, report = panel(chair)
    result = judging.results.result(chair)
    said = repr(report.sections)
    assert result.round.seal in said
    assert result.digest in said
    assert any(isinstance(b, Points) for s in report.sections for b in s.blocks)


@pytest.mark.parametrize("suffix", possible_formats("panel"))
def test_every_format_prints_the_end_of_the_log_under_result_and_sheet(panel, closed, suffix):
    judging, chair, _judge = closed
    applicant = judging.results.result(chair).round.rules.applicants[0]
    sheet = judging.sheets.sheet(chair, applicant, next(iter(judging.results.result(chair).judges)))
    _edition, report = panel(chair, [sheet])
    found = verify_round(judging.streams, judging.results.result(chair).round.round_id)
    assert head_line(found.log) == head_line(sheet.log)
    text = printed(render(report, suffix), suffix)
    use_language("en")
    # A workbook keeps equal texts once, and slides have no sheet.
    times = 1 if suffix in (".xlsx", ".pptx") else 2
    assert text.count("".join(head_line(found.log).split())) == times
    assert "".join(log_promise().split()) in text


def printed(content, suffix):
    """What a file says, without any blank."""
    if suffix == ".pdf":
        with pypdfium2.PdfDocument(content) as document:
            text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    elif suffix == ".csv":
        _names, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
        text = "".join(row[6] for row in rows)  # as printed
    else:
        with ZipFile(BytesIO(content)) as parts:
            pages = [parts.read(name).decode() for name in parts.namelist() if is_text(name)]
        text = re.sub("<[^>]*>", "", " ".join(pages))
    return "".join(text.split())


def is_text(name):
    return re.search(r"(slides/slide\d+|sharedStrings|section\d+)\.xml$", name)


def test_editions_of_chair_and_judge_differ_and_open_for_their_reader_only(
    panel, closed, record, record_settings
):
    judging, chair, judge = closed
    by_chair, _report = panel(chair)
    by_judge, _report = panel(judge)
    assert by_chair.edition_id != by_judge.edition_id
    assert panel(chair)[0] == by_chair, "the same view is the same edition"
    with pytest.raises(UsageError):
        compose_panel(record, by_chair, PanelView(judging.results.result(judge)))
    with pytest.raises(UsageError):
        compose(record, by_chair)
    assert Editions(record_settings).open(by_chair.edition_id) == by_chair


@pytest.fixture
def sheets_of(record, record_settings, closed):
    """Composes the score sheets of a judge, as an identity may see them."""

    def composed(identity, judge_id):
        view = sheets_view(closed[0], identity, judge_id)
        edition = freeze_panel(
            record, Editions(record_settings), view, "en", identity.name, identity=identity
        )
        return compose_panel(record, edition, view)

    return composed


def test_score_sheets_of_one_judge_have_a_line_to_sign_on(sheets_of, closed):
    use_language("en")
    _judging, chair, judge = closed
    assert sheets_of(judge, judge.judge_id).sections == sheets_of(chair, judge.judge_id).sections
    report = sheets_of(chair, judge.judge_id)
    assert report.warning == practice_warning()
    (signing,) = report.sections[-1].blocks
    assert [cell.text for cell in signing.rows[0]] == [
        "Judge",
        "Practice judge 1",
        "(signature or seal)",
        "",
    ]
    others = {f"Practice judge {number}" for number in range(2, 7)}
    assert not [name for name in others if name in repr(report)]
    for suffix in possible_formats("sheets"):
        assert "Practicejudge1" in printed(render(report, suffix), suffix)
    assert possible_formats("sheets") == (".pdf", ".hwpx")


def test_panel_has_a_line_for_the_chair_and_every_judge(panel, closed):
    _judging, chair, judge = closed
    for identity, names in (
        (chair, [f"Practice judge {number}" for number in range(1, 7)]),
        (judge, [""] * 6),  # six judges of the practice round, without names for a judge
    ):
        report = panel(identity)[1]
        (signing,) = next(s for s in report.sections if s.title == "Signatures").blocks
        assert [row[1].text for row in signing.rows] == ["Practice chair", *names]


def test_a_name_has_a_centimetre_to_sign_in(panel, closed):
    use_language("en")
    _edition, report = panel(closed[1])
    with pypdfium2.PdfDocument(render(report, ".pdf")) as document:
        pages = [page.get_textpage() for page in document]
        (page,) = [page for page in pages if "(signature or seal)" in page.get_text_bounded()]
        search = page.search("(signature or seal)")
        bottoms = [page.get_charbox(at)[1] for at, _count in iter(search.get_next, None)]
    apart = [above - below for above, below in pairwise(bottoms)]
    assert len(bottoms) == 7  # the chair and six judges
    assert min(apart) >= 72 / 2.54  # points
    with ZipFile(BytesIO(render(report, ".hwpx"))) as parts:
        section = parts.read("Contents/section0.xml").decode()
    heights = re.findall(r"signature or seal.*?<hp:cellSz[^>]*height=\"(\d+)", section, re.DOTALL)
    assert len(heights) == 7
    assert min(map(int, heights)) >= 7200 / 2.54  # HWPUNIT


def test_on_paper_no_score_sheet_is_cut_in_two(panel, closed):
    judging, chair, _judge = closed
    judges = judging.results.result(chair).judges
    applicants = ("KR-27", "KR-26", "KR-30", "KR-42")
    sheets = [judging.sheets.sheet(chair, one, judge) for judge in judges for one in applicants]
    _edition, report = panel(chair, sheets)
    with pypdfium2.PdfDocument(render(report, ".pdf")) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    sheets_on = [page.count("Score sheet: ") for page in pages]
    assert sum(sheets_on) == 24  # four applicants, six judges
    for page, count in zip(pages, sheets_on, strict=True):
        if count and "Signatures" not in page:
            assert page.count("Cooperation and will") == page.count("Results of 2018") == count


def test_a_sheet_that_nobody_began_has_no_total(panel, closed):
    judging, chair, _judge = closed
    sheet = replace(judging.sheets.sheet(chair, "KR-27", "j1"), status=SheetStatus.EMPTY)
    _edition, report = panel(chair, [sheet])
    assert report.sections[-1].blocks[1].text == "Not started"


@pytest.mark.parametrize("who", ["another judge", "a visitor", "an official", "a viewer"])
def test_nobody_else_gets_a_sheet(closed, who):
    judging, chair, judge = closed
    other = next(name for name in judging.results.result(chair).judges if name != judge.judge_id)
    identity, whose = {
        "another judge": (judge, other),
        "a visitor": (DESK, other),
        "an official": (Identity("Kim", Role.OFFICIAL), other),
        "a viewer": (Identity("Lee", Role.VIEWER, chair.round_id), other),
    }[who]
    with pytest.raises((AccessDenied, UsageError)):
        sheets_view(judging, identity, whose)


def test_before_closing_there_is_no_file_for_the_chair(tmp_path):
    judging = Judging(Settings(workspace=tmp_path))
    judging.practice.open()
    code = judging.practice.codes()[0]
    chair = judging.sessions.sign_in(code.round_id, code.code).identity
    for made in (
        lambda: panel_view(judging, chair),
        lambda: sheets_view(judging, chair, judging.practice.codes()[1].holder),
    ):
        with pytest.raises(AccessDenied):
            made()
