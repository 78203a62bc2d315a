"""The report of funding: no zero for the unpublished, contested amounts said, sums as bounds."""

import pytest

from dashboard.content.awards import awards_chart, describe
from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, DotChart, Points
from dashboard.content.funding_charts import (
    _beside_finding,
    cumulative_chart,
    matched_chart,
    selection_chart,
)
from dashboard.errors import UsageError

pytestmark = pytest.mark.usefixtures("english")


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
        "source_ids": [],
    } | fields


def test_every_award_is_one_dot_that_says_what_it_is():
    rows = [
        award(evidence="contested"),
        award(evidence="contested", grant_krw=200_000_000, is_settled=False),
        award(year=2019, grant_krw=None, evidence="no data", is_settled=False),
        award(year=2020, ministry="MOHW", grant_krw=100_000_000),
        award(year=2021, outcome="not_selected", grant_krw=None, is_settled=False),
    ]
    chart = awards_chart(rows, "KR-28")
    assert [(dot.at, dot.cell.text, dot.cell.value, dot.is_subject) for dot in chart.dots] == [
        ("2018", "400M", 400_000_000, True),
        ("2018", "200M (differs)", 200_000_000, False),
        ("2019", "amount not published", None, True),
        ("2020", "100M", 100_000_000, True),
        ("2021", "not selected", None, False),
    ]
    assert chart.dots[0].name == (
        "2018 Incheon, Medical Tourism Cluster, KRW 400 million, contested, "
        "amount contested or approximate, counted"
    )
    assert chart.title.startswith("The greatest published amount is KRW 400 million")
    assert "amount not published" in describe(rows[2])
    assert "0" not in describe(rows[2]).replace("2019", "")


def test_nothing_published_is_said_so():
    chart = awards_chart([award(grant_krw=None, evidence="no data", is_settled=False)], None)
    assert chart.title == "No amount of these results was published"


def test_joint_awards_have_a_lane_of_their_own():
    joint = award(region="KR-27;KR-47", is_joint=True, year=2023, year_end=2025)
    chart = awards_chart([award(region="KR-27"), joint], "KR-27")
    assert chart.lanes == (
        "Medical Tourism Cluster", "Medical Tourism Cluster (joint: Daegu·Gyeongbuk)"
    )  # fmt: skip
    assert (chart.dots[1].at, chart.dots[1].end) == ("2023", "2025")
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
        "source_ids": [],
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
        "source_ids": [],
    }
    chart = matched_chart([row])
    values = [series.cells[0].value for series in chart.series]
    assert values == [None, 187_000_000]  # no bar of length zero for the unknown one
    assert "National amount not published" in chart.categories[0]
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
        "source_ids": [],
    }
    chart = selection_chart([row], None)
    assert [series.cells[0].value for series in chart.series] == [11, None]
    assert "applied: 11 projects" in chart.alt
    assert "%" not in chart.alt


def test_daegu(record):
    daegu = draft(record, "funding", {"region": "KR-27"}, "ko")
    assert daegu.sections[0].title == (
        "대구 2010~2026년 지원사업 선정 12건, 금액 공표 6건, 국비 합계 16억 원 이상, "
        "공동 선정 5억 원 이상 별도"
    )
    charts = [
        block
        for section in daegu.sections
        for block in section.blocks
        if isinstance(block, ChartBlock | DotChart)
    ]
    assert all(chart.answer is not None for chart in charts)
    said = " ".join(chart.alt for chart in charts)
    assert "14.5억 원 이상" in said
    assert "13,714원" in said  # 300,000,000 / 21,876 patients


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"region": "KR-50"}, "Sejong: the record has no result in a support programme"),
        (
            {"region": "KR-27", "ministry": "MOHW", "programme": "mct-cluster"},
            "Daegu: the record has no result in a support programme",
        ),
        ({"region": "KR", "ministry": "MOHW"}, "All regions 2010–2021: 43 awards"),
        ({}, "All regions 2010–2026: 79 awards"),
        ({"ministry": "KTO (under MCST)"}, "All regions: no award with a named winner"),
        ({"region": "KR-27", "year": 2019}, "Daegu 2019: 1 award, amount published for 1"),
        ({"region": "KR-27", "year": 2024}, "Daegu 2024: the record has no result"),
    ],
)
def test_the_finding_under_filters(record, asked, words):
    assert draft(record, "funding", asked, "en").sections[0].title.startswith(words)


def test_a_year_names_the_awards_whose_term_goes_on(record):
    """Daegu's joint award of 2023 to 2025 is counted in 2023 alone, and named in 2024 and 2025."""
    for year, named in ((2023, 0), (2024, 1), (2025, 1), (2026, 0)):
        lead = draft(record, "funding", {"region": "KR-27", "year": year}, "en").sections[0]
        points = [
            item.text for block in lead.blocks if isinstance(block, Points) for item in block.items
        ]
        assert len(points) == named
        assert all(text.startswith("2023 Daegu·Gyeongbuk") for text in points)


def test_what_has_no_data_is_said_in_one_place(shipped_record):
    """Of 2024 the record has two budget lines of Daegu and nothing else."""
    report = draft(shipped_record, "funding", {"region": "KR-27", "year": 2024}, "en")
    titles = [section.title for section in report.sections]
    assert titles[1:] == ["Budgets and spending", "Without data"]
    (reasons,) = report.sections[-1].blocks
    assert [item.text.split(":")[0] for item in reasons.items] == [
        "Cluster grant beside patients and reservations",
        "Grants by programme, year and region",
        "Sums of published grants",
        "National and matched funds",
        "Applicants and selected",
        "Ministries side by side",
    ]


def test_a_year_narrows_every_table(record):
    of_year = draft(record, "funding", {"region": "KR", "year": 2018}, "en")
    charts = [b for s in of_year.sections for b in s.blocks if getattr(b, "answer", None)]
    # Awards, sums, ministries, and one with patients; no matched money or applicants of that year.
    assert len(charts) == 4
    for chart in charts:
        assert chart.answer.parameters["year"] == 2018
        spans = [
            (row.get("year", row.get("first_year")), row.get("year_end"))
            for row in chart.answer.rows
        ]
        assert all(first <= 2018 <= (last or first) for first, last in spans)


def test_the_grant_beside_each_patient_comes_first_and_what_is_secondary_is_folded(record):
    _lead, first, *rest = draft(record, "funding", {"region": "KR-27"}, "en").sections
    assert first.title == "Cluster grant beside patients and reservations"
    assert [one.title for one in rest if not one.is_folded][:2] == [
        "Grants by programme, year and region", "Sums of published grants"
    ]  # fmt: skip
    assert "Ministries side by side" in [one.title for one in rest if one.is_folded]


def test_contradicting_amounts_are_said(record):
    sections = {one.title: one for one in draft(record, "funding", {"region": "KR"}, "en").sections}
    awards = sections["Grants by programme, year and region"]
    assert any(
        "KRW 400 million and KRW 200 million are both printed" in getattr(block, "text", "")
        for block in awards.blocks
    )


@pytest.mark.parametrize(("name", "known"), [("ministry", "MOHW"), ("programme", "mct-cluster")])
def test_an_unknown_code_is_refused_with_what_there_is(record, name, known):
    with pytest.raises(UsageError, match="no such code") as refused:
        draft(record, "funding", {name: "mct-clust"}, "en")
    assert known in refused.value.remedy


def test_a_sum_of_which_a_part_is_missing_is_no_lowest():
    def row(region, year, value, is_lower_bound):
        return {
            "region": region,
            "year": year,
            "grant_per_unit_krw": value,
            "is_lower_bound": is_lower_bound,
            "evidence": "settled",
            "is_approximate": False,
        }

    rows = [
        row("KR-28", 2024, 4676, True),
        row("KR-27", 2019, 12828, False),
        row("KR-27", 2018, 16906, False),
    ]
    assert _beside_finding("Grant per patient", rows) == (
        "Grant per patient, where it is known in full: from KRW 12,828 (Daegu 2019) to KRW 16,906 "
        "(Daegu 2018)"
    )
