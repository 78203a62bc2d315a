"""A point of a chart that is a figure of a region and year leads to all claims about it."""

import pytest

from dashboard.content.compose import draft
from dashboard.content.deciding import decisions
from dashboard.content.document import ChartBlock
from dashboard.content.mentions import cells_of
from dashboard.content.same_figure import claims_of_nationality, reading_of_cell
from dashboard.i18n import use_language


@pytest.mark.parametrize(("year", "value"), [(2015, 12988), (2016, 21100), (2019, 31183)])
def test_a_point_of_the_trend_is_the_figure_of_its_year(record, report, year, value):
    patients = report("patients", "ko", region="KR-27", year=2019)
    found = [
        reading
        for block in patients.blocks
        if isinstance(block, ChartBlock) and block.kind == "line"
        for about, cell in cells_of(block)
        if cell.value == value and str(year) in about
        and (reading := reading_of_cell(record, block, cell))
    ]  # fmt: skip
    assert found
    for reading in found:
        place = (reading.metric.id, reading.region, reading.year, reading.value)
        assert place == ("foreign_patients", "KR-27", year, value)


def test_a_figure_of_a_nationality_is_not_that_of_all(record, report):
    patients = report("patients", "ko", region="KR-27", year=2019)
    for block in patients.blocks:
        for about, cell in cells_of(block) if hasattr(block, "answer") else ():
            reading = reading_of_cell(record, block, cell)
            if reading is not None:
                assert reading.value == cell.value, about
                assert set(reading.source_ids) == set(cell.source_ids)


def test_a_figure_of_a_nationality_has_the_claims_of_its_own_cell(record, report):
    """Each claim is of that nationality alone, and some figures have more than one."""
    patients = report("patients", "en", region="KR", year=2016)
    several = 0
    for block in patients.blocks:
        for _about, cell in cells_of(block) if getattr(block, "answer", None) else ():
            rows = claims_of_nationality(record, block, cell)
            if not rows:
                continue
            assert len({row["cell_id"] for row in rows}) == 1
            assert {row["value"] for row in rows if row["is_settled"]} == {cell.value}
            assert {row["nationality"] for row in rows} != {None}
            several += len(rows) > 1
    assert several


def test_a_nationality_says_why_its_figure_is_the_one_it_is(record, report):
    """China 2016: 127,648 in four papers, all exact; 127,000 rounded, on the official board.

    127,648 to the thousand is 128,000, so that 127,000 differs.
    """
    patients = report("patients", "ko", region="KR", year=2016)
    use_language("ko")
    texts = {
        decisions(rows)[0].text
        for block in patients.blocks
        for _about, cell in cells_of(block)
        if cell.value == 127648 and (rows := claims_of_nationality(record, block, cell))
    }
    assert texts == {
        "127,648명을 채택함: 정확한 확정치이고 4곳이 같은 값을 실음. ≈ 127,000은 어림한 값."
    }


def test_the_latest_figure_of_a_country_has_its_claims(shipped_record):
    """China in Daegu 2019: 6,474 in two papers; the row beside is of Korea and another year."""
    composed = draft(shipped_record, "map", {"region": "KR-27", "year": 2018}, "en")
    (block,) = (
        block for block in composed.blocks
        if getattr(block, "question", "") == "latest_by_nationality"
    )  # fmt: skip
    (cell,) = (cell for _about, cell in cells_of(block) if cell.value == 6474)
    rows = claims_of_nationality(shipped_record, block, cell)
    assert {(row["nationality"], row["value"]) for row in rows if row["is_settled"]} == {
        ("CN", 6474)
    }
    assert rows[0]["cell_id"].startswith("foreign_patients|KR-27|2019|annual|CN")
