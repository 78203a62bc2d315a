"""The ranking report, of a small record whose ranks are worked out by hand."""

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import Points, Table


@pytest.fixture(scope="module")
def ranking(small_record):
    """2019: Seoul 900, Busan 500, Daegu 500, Incheon 100. 2018: Busan 600, Daegu 400, Seoul 300."""
    figures = [
        ("2019", "KR-11", "900"), ("2019", "KR-26", "500"), ("2019", "KR-27", "500"),
        ("2019", "KR-28", "100"), ("2018", "KR-26", "600"), ("2018", "KR-27", "400"),
        ("2018", "KR-11", "300"),
    ]  # fmt: skip
    record = small_record(
        {
            "sources": [{"source_id": "a", "tier": "official"}],
            "observations": [
                {"year": year, "region": region, "value": value, "source_id": "a"}
                for year, region, value in figures
            ],
        }
    )
    return draft(
        record, "ranking", {"metric": "foreign_patients", "year": 2019, "region": "KR-27"}, "en"
    )


def rows(report):
    (table,) = [
        b
        for s in report.sections
        for b in s.blocks
        if isinstance(b, Table) and b.question == "ranking_movement"
    ]
    return {row[1].text: row for row in table.rows}


def test_equal_values_share_a_rank(ranking):
    assert {name: row[0].value for name, row in rows(ranking).items()} == {
        "Seoul": 1,
        "Busan": 2,
        "Daegu": 2,
        "Incheon": 4,
    }


def test_interval_leaves_room_for_the_thirteen_without_figure(ranking):
    # 17 - 4 = 13 regions could all stand above: 1 + 13, 2 + 13, 4 + 13.
    assert {name: row[3].text for name, row in rows(ranking).items()} == {
        "Seoul": "1–14",
        "Busan": "2–15",
        "Daegu": "2–15",
        "Incheon": "4–17",
    }


def test_a_screen_has_the_rank_and_its_range_in_one_column_and_the_region_picked_out(ranking):
    (table,) = (b for s in ranking.sections for b in s.blocks if getattr(b, "picked", None))
    assert {name: row[0].span for name, row in rows(ranking).items()} == {
        "Seoul": (1, 14),
        "Busan": (2, 15),
        "Daegu": (2, 15),
        "Incheon": (4, 17),
    }
    drawn = {column.name: (column.scale, column.is_drawn_in) for column in table.columns}
    assert (drawn["rank"], drawn["interval"]) == (((1, 17), ""), (None, "rank"))
    assert table.rows[table.picked][1].text == "Daegu"


def test_movement_counts_only_regions_with_both_years(ranking):
    found = {name: row[6] for name, row in rows(ranking).items()}
    # 2018 among the three: Busan 1, Daegu 2, Seoul 3. 2019 among them: Seoul 1, Busan 2, Daegu 2.
    assert (found["Seoul"].value, found["Busan"].value, found["Daegu"].value) == (2, -1, 0)
    assert found["Seoul"].text == "▲ 2 (3 → 1 of 3 in both years)"
    assert found["Incheon"].text == ""


def test_region_is_picked_out_of_the_bars(ranking):
    standing = next(one for one in ranking.sections if one.title.startswith("Standing"))
    (chart,) = standing.blocks
    mine, others = chart.series
    assert mine.is_subject
    assert [cell.value for cell in mine.cells] == [None, None, 500, None]
    assert [cell.value for cell in others.cells] == [900, 500, None, 100]


def test_regions_without_figure_are_named_and_ranks_explained(ranking):
    assert any("Sejong" in b.text for s in ranking.sections for b in s.blocks if hasattr(b, "text"))
    rules = [
        i.text for s in ranking.sections for b in s.blocks if isinstance(b, Points) for i in b.items
    ]
    assert any("13 of 17" in rule for rule in rules)


def test_metric_that_is_not_compared_has_no_movement(report, tables):
    composed = report("ranking", "en", metric="events_held", year=2019)
    assert all("movement" not in row for row in tables(composed, "ranking_movement"))


def test_a_share_moves_by_points_and_a_year_alone_says_no_movement(small_record):
    record = small_record(
        {
            "sources": [{"source_id": "a"}],
            "observations": [
                {"metric": "share_pct", "unit": "pct", "year": year, "region": region,
                 "value": value, "source_id": "a"}
                for year, region, value in (
                    ("2018", "KR-11", "59.0"), ("2019", "KR-11", "78.1"),
                    ("2018", "KR-26", "16.0"), ("2019", "KR-26", "8.4"),
                )
            ],
        }
    )  # fmt: skip
    report = draft(record, "ranking", {"metric": "share_pct", "year": 2019}, "en")
    # 78.1 - 59.0 = 19.1 and 8.4 - 16.0 = -7.6 percentage points: no per cent of anything.
    assert {name: row[5].text for name, row in rows(report).items()} == {
        "Seoul": "+19.1 pp",
        "Busan": "-7.6 pp",
    }
    alone = draft(record, "ranking", {"metric": "share_pct", "year": 2019, "base": 2017}, "en")
    rules = [
        i.text for s in alone.sections for b in s.blocks if isinstance(b, Points) for i in b.items
    ]
    assert any(rule.startswith("No movement since 2017: fewer than two") for rule in rules)


def test_numbers_before_names_are_told_from_places_among_all(ranking):
    standing = next(one for one in ranking.sections if one.title.startswith("Standing"))
    (chart,) = standing.blocks
    assert chart.note.startswith("The number before a name is its rank among the regions with")
