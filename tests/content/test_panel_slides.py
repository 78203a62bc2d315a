"""What stands on the slides of a closed round: charts, no score sheet, and the right numbers."""

import io
import json
from statistics import fmean, stdev

import pytest
from pptx import Presentation

from dashboard.access import DESK
from dashboard.content.compose import compose_panel, freeze_panel
from dashboard.content.document import ChartBlock, Paragraph, Points, Table
from dashboard.content.panel import PanelView
from dashboard.judging.judging import Judging
from dashboard.render.formats import render
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.editions import Editions

PRACTICE = json.loads((PROJECT_ROOT / "data/practice/round.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The practice round, closed: the judging, its chair and one of its judges."""
    judging = Judging(Settings(workspace=tmp_path_factory.mktemp("slides")))
    judging.practice.open()
    by_role = {}
    for issued in judging.practice.codes():
        identity = judging.sessions.sign_in(issued.round_id, issued.code).identity
        by_role.setdefault(str(identity.role), identity)
    judging.rounds.close(by_role["chair"], "the day is over")
    return judging, by_role["chair"], by_role["judge"]


@pytest.fixture
def slides(record, record_settings, closed):
    """The report that a role may see, in a language; the chair's with every sheet."""
    judging, chair, judge = closed

    def composed(role="chair", language="en"):
        identity = {"chair": chair, "judge": judge}[role]
        sheets = []
        if role == "chair":
            sheets = [judging.sheets.sheet(chair, "KR-27", f"j{n}") for n in range(1, 7)]
        view = PanelView(judging.results.result(identity), tuple(sheets))
        edition = freeze_panel(
            record, Editions(record_settings), view, language, "Hong", identity=DESK
        )
        return compose_panel(record, edition, view)

    return composed


def blocks(report, kind):
    return [block for one in report.slides for block in one.blocks if isinstance(block, kind)]


def test_a_bar_is_the_score_with_the_lowest_and_highest_total_beside(slides):
    chart = blocks(slides(), ChartBlock)[0]
    # Daegu: 90 88 91 89 92 64; 92 and 64 go, 358 / 4 = 89.5.
    at = chart.categories.index("Daegu")
    assert {one.name: one.cells[at].text for one in chart.series} == {
        "Score": "89.50",
        "Highest total": "92.00",
        "Lowest total": "64.00",
    }


def test_means_by_criterion_are_the_darker_the_nearer_to_all_points(slides):
    (table,) = [one for one in blocks(slides(), Table) if one.columns[1].name == "max_points"]
    names = [column.name for column in table.columns]
    # Information centre, Daegu: (12.5 + 13 + 14.5 + 13 + 14 + 9) / 6 = 12.67 of 15, 84 %: darkest.
    centre = table.rows[2][names.index("KR-27")]
    assert (centre.text, centre.shade) == ("12.67", 4)
    # Results of 2018, Gangwon: (13.5 + 14.5 + 14 + 13.5 + 13.5) / 5 = 13.8 of 20, 69 %.
    results = table.rows[0][names.index("KR-42")]
    assert (results.text, results.shade) == ("13.8", 3)


def test_the_criterion_on_which_judges_differ_most_is_named(slides):
    chart = blocks(slides(), ChartBlock)[1]
    apart = {}
    for place, criterion in enumerate(PRACTICE["rules"]["criteria"]):
        deviations = []
        for applicant in PRACTICE["rules"]["applicants"]:
            given = [
                float(sheets[applicant][place])
                for judge, sheets in PRACTICE["scores"].items()
                if applicant in sheets and [judge, applicant] not in PRACTICE["not_submitted"]
            ]
            deviations.append(100 * stdev(given) / float(criterion["max_points"]))
        apart[criterion["name_en"]] = fmean(deviations)
    order = sorted(apart, key=lambda name: -apart[name])
    assert list(chart.categories) == order
    drawn = [cell.value for cell in chart.series[0].cells]
    assert drawn == pytest.approx([apart[name] for name in order], abs=0.06)
    assert f"“{order[0]}”" in chart.title


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_deck_is_a_dozen_slides_with_native_charts_and_no_sheet(slides, language):
    report = slides(language=language)
    deck = Presentation(io.BytesIO(render(report, ".pptx")))
    assert 10 <= len(deck.slides) <= 14
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    assert deck.core_properties.author == "Hong"
    assert len(report.sections) > len(report.slides)


@pytest.mark.parametrize(
    ("language", "unsigned"), [("ko", "아직 서명 전"), ("en", "Not signed yet: objections")]
)
def test_that_a_result_is_not_signed_stands_under_its_ranking(slides, language, unsigned):
    deck = Presentation(io.BytesIO(render(slides(language=language), ".pptx")))
    texts = [[s.text_frame.text for s in one.shapes if s.has_text_frame] for one in deck.slides]
    (where,) = [at for at, said in enumerate(texts) if any(unsigned in one for one in said)]
    assert [shape for shape in deck.slides[where].shapes if shape.has_table]


def test_no_slide_but_the_first_has_a_single_sentence(slides):
    """A round with a tie, recusals and sheets not submitted: each is said in a line or two."""
    for one in slides().slides:
        assert len(
            [part for block in one.blocks for part in getattr(block, "items", [block])]
        ) > 1 or (not isinstance(one.blocks[0], Paragraph | Points)), one.title


def test_the_deck_of_a_judge_names_no_judge(slides):
    report = slides("judge")
    said = repr(report.slides)
    assert "Practice judge" not in said
    assert blocks(report, ChartBlock)


def test_the_korean_deck_is_titled_in_korean(slides):
    assert "Practice" not in slides(language="ko").title
