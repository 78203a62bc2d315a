"""A review record as a ribbon, and events as lines."""

import pytest

from dashboard.content.document import Cell, Column, Table
from dashboard.render.screen.table_forms import event_lines, ribbon

pytestmark = pytest.mark.usefixtures("english")

AWARD = ("year", "programme_id", "outcome", "rank", "grant_krw", "judges")


def award(year, programme="Cluster", rank="no data", judges="no data"):
    texts = (str(year), programme, "selected", rank, "KRW 300 million", judges)
    return tuple(
        Cell(text, year if name == "year" else text)
        for name, text in zip(AWARD, texts, strict=True)
    )


def test_years_without_an_entry_are_one_gap_and_the_chosen_one_is_marked():
    columns = tuple(Column(name, name) for name in AWARD)
    rows = (award(2023, "Wellness"), award(2019, rank="No. 1", judges="6 persons"), award(2018),
            award(2014))  # fmt: skip
    spans = ribbon(Table("", columns, rows, form="ribbon", chosen="2019"))
    said = [
        (
            span.years,
            span.is_chosen,
            [(head.text, *(one.text for one in below)) for head, below in span.entries],
        )
        for span in spans
    ]
    assert said == [
        ("2014", False, [("selected", "KRW 300 million")]),
        ("2015–17", False, []),
        ("2018", False, [("selected", "KRW 300 million")]),
        ("2019", True, [("No. 1", "KRW 300 million", "Judges 6 persons")]),
        ("2020–22", False, []),
        # Another programme than that of most years is named.
        ("2023", False, [("selected", "Wellness", "KRW 300 million")]),
    ]


def test_an_event_says_its_furthest_step_and_four_are_in_sight():
    columns = (
        Column("start_on", "Date"),
        Column("title", "Event"),
        Column("city", "Place"),
        Column("attendees", "Attendees", True),
        Column("inquiries", "Inquiries", True),
        Column("agreements", "Agreements", True),
        Column("outcomes", "All"),
        Column("dissent_count", "Differing", True),
    )

    def event(number, attendees, inquiries, agreements):
        texts = (f"May {number}", f"Fair {number}", "Ulaanbaatar", attendees, inquiries, agreements)
        return tuple(Cell(text, text or None) for text in (*texts, "", ""))

    rows = (event(1, "50", "7", ""), event(2, "50", "", "2"), *(event(n, "", "", "") for n in
            (3, 4, 5)))  # fmt: skip
    shown, further = event_lines(Table("", columns, rows, form="rows"))
    assert [len(shown), len(further)] == [4, 1]
    assert [line.figure and (line.figure[0], line.figure[1].text) for line in shown] == [
        ("Attendees", "50"),
        ("Agreements", "2"),
        None,
        None,
    ]
