"""What the charts of funding say: no zero for the unpublished, contested amounts marked."""

import pytest

from dashboard.charts.awards import awards_chart, describe
from dashboard.charts.bar_rows import Bar, BarRow, bar_rows, name_lines
from dashboard.charts.funding import cumulative_chart, matched_chart, selection_chart
from dashboard.i18n import use_language
from dashboard.text_metrics import SCREEN_BOLD, text_width


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language("ko")


def award(**fields):
    return {
        "year": 2018,
        "year_end": None,
        "region": "KR-28",
        "area": None,
        "programme_id": "mct-cluster",
        "ministry": "MCST",
        "outcome": "selected",
        "grant_krw": 400_000_000,
        "evidence": "settled",
        "is_settled": True,
        "is_joint": False,
    } | fields


def marks(chart):
    """Every mark of the chart: (what the legend says of its kind, text beside it)."""
    return [(trace.name, text) for trace in chart.figure.data for text in trace.text]


def test_every_award_is_one_mark_that_says_what_it_is(told):
    rows = [
        award(evidence="contested"),
        award(evidence="contested", grant_krw=200_000_000, is_settled=False),
        award(year=2019, grant_krw=None, evidence="no data", is_settled=False),
        award(year=2020, ministry="MOHW", grant_krw=100_000_000),
        award(year=2021, outcome="not_selected", grant_krw=None, is_settled=False),
    ]
    chart = awards_chart(rows, "KR-28")
    assert sorted(marks(chart)) == [
        ("amount contested or approximate, counted", "400M"),
        ("amount not published", "?"),
        ("another amount printed, not counted", "200M"),
        ("not selected", ""),
        ("with an amount", "100M"),
    ]
    contested = next(trace for trace in chart.figure.data if "contested" in trace.name)
    assert told(contested) == [
        "2018 Incheon, Medical Tourism Cluster, KRW 400 million, contested, "
        "amount contested or approximate, counted"
    ]
    assert chart.title.startswith("The greatest published amount is KRW 400 million")
    assert "amount not published" in describe(rows[2])
    assert "0" not in describe(rows[2]).replace("2019", "")


def test_nothing_published_is_said_so():
    chart = awards_chart([award(grant_krw=None, evidence="no data", is_settled=False)], None)
    assert chart.title == "No amount of these results was published"


def test_joint_awards_have_a_lane_of_their_own():
    joint = award(region="KR-27;KR-47", is_joint=True, year=2023, year_end=2025)
    chart = awards_chart([award(region="KR-27"), joint], "KR-27")
    lanes = [note.text.replace("<br>", " ") for note in chart.figure.layout.annotations]
    assert lanes == ["Medical Tourism Cluster", "Medical Tourism Cluster (joint: Daegu·Gyeongbuk)"]
    assert "term to 2025" in chart.alt


def test_a_lower_bound_is_never_rounded_up():
    row = {
        "region": "KR-27",
        "line": "cluster-line",
        "is_joint": False,
        "selected_count": 3,
        "known_count": 2,
        "unknown_count": 1,
        "later_year_count": 0,
        "cumulative_krw": 13_475_000_000,
        "is_lower_bound": True,
        "evidence": "settled",
    }
    assert "at least KRW 13.475 billion" in cumulative_chart([row]).title
    unknown = row | {"cumulative_krw": None, "known_count": 0, "evidence": "no data"}
    assert cumulative_chart([unknown]).title == "No amount of these awards was published"


def test_unknown_grant_beside_known_matched_money():
    row = {
        "year": 2012,
        "region": "KR-30",
        "programme_id": "k-farm",
        "is_joint": False,
        "grant_krw": None,
        "evidence": "no data",
        "matched_krw": 187_000_000,
        "matched_evidence": "single source",
        "matched_to_grant_pct": None,
    }
    chart = matched_chart([row])
    assert len(chart.figure.data) == 1  # no bar of length zero for the unknown one
    assert "National amount not published" in chart.alt


def test_no_rate_is_said_and_not_drawn():
    row = {
        "year": 2016,
        "programme_id": "k-farm",
        "applicants": 11,
        "is_count_of_projects": True,
        "named_count": 0,
        "selected_count": None,
        "selection_rate_pct": None,
        "outcome": None,
    }
    chart = selection_chart([row], None)
    assert len(chart.figure.data) == 1
    assert "applied: 11 projects" in chart.alt
    assert "%" not in chart.alt


def test_rows_never_overlap():
    rows = [BarRow("word " * length, (Bar(1, "1", "#000"),) * bars) for length, bars in
            ((1, 1), (30, 2), (5, 3), (60, 0))]  # fmt: skip
    figure = bar_rows(rows)
    tops = [note.y for note in figure.layout.annotations if note.xref == "paper"]
    places = sorted([*tops, *(bar.y[0] for bar in figure.data)])
    assert len(set(places)) == len(places)
    assert figure.layout.height >= figure.layout.yaxis.range[0]


@pytest.mark.parametrize("text", ["가 " * 80, "a longword " * 20, "x" * 200, ""])
def test_wrapping_keeps_every_letter_and_no_line_is_wider_than_a_telephone(text):
    lines = name_lines(text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 14, SCREEN_BOLD) <= 310 for line in lines)
