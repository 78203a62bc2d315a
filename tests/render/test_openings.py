"""A figure on screen opens what vouches for it: in a table, and as a point of a chart."""

from types import SimpleNamespace

import pytest

from dashboard.content.document import Cell, ChartBlock, Dot, DotChart, Series
from dashboard.content.links import link_to
from dashboard.content.mentions import cells_of
from dashboard.render.screen import address as addresses
from dashboard.render.screen import openings
from dashboard.render.screen.figure_parts import in_words
from dashboard.render.screen.figures import plotly_figure
from dashboard.render.screen.openings import follow_point, opening

LINK = link_to("", event="KIMES")
PERSONS = Cell("10 persons", 10, "settled", ("moh",))


def cell(value):
    return Cell(f"{value} persons", value, "settled", ("moh",))


def chart(kind):
    return ChartBlock(
        kind,
        "Patients",
        "persons",
        ("2018", "2019", "2020"),
        (
            Series("Daegu", (cell(1), cell(2), cell(3)), True),
            Series("Daejeon", (cell(4), Cell("no data", None, "no data"), cell(6))),
        ),
        "Patients",
    )


DOTS = DotChart(
    "Events",
    "",
    ("Fair",),
    (
        Dot("Fair", "2019-05-02", "KIMES", Cell("", None, link=LINK)),
        Dot("Fair", "2019-06-02", "Expo", Cell("7 persons", 7, "settled", ("moh",)), True),
    ),
    "Events",
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (PERSONS, "figure-1.4"),
        (Cell("Daegu", "Daegu", None, ("moh",)), None),
        (Cell("no data", None, "no data", ("moh",)), None),
        (Cell("1st", 1, "counted"), None),
    ],
)
def test_a_figure_that_names_sources_opens_them(shown, expected):
    link = opening(shown, "figure-1", 4)
    assert (None if link is None else dict(link.parameters)["cell"]) == expected


def test_a_figure_with_a_way_of_its_own_goes_there():
    assert opening(Cell("9,296", 9296, "settled", ("moh",), link=LINK), "compare-1", 0) == LINK


@pytest.mark.parametrize("block", [chart("line"), chart("bar"), DOTS], ids=["line", "bar", "dots"])
def test_every_point_knows_its_cell(block):
    cells = [found for _about, found in cells_of(block)]
    pointed = [tuple(point) for trace in plotly_figure(block).data for point in trace.customdata]
    assert pointed
    for said, number in pointed:
        if cells[number].text:
            assert in_words(cells[number]) in said
    known = {number for number, found in enumerate(cells) if found.value is not None}
    assert known <= {number for _said, number in pointed}


class Parameters(dict):
    """Those of an address, as Streamlit has them."""

    def to_dict(self):
        return dict(self)

    def from_dict(self, others):
        self.clear()
        self.update(others)


def test_a_point_that_is_chosen_opens_its_evidence_and_again_when_chosen_again(monkeypatch):
    address = Parameters(region="KR-27", evidence="foreign_patients.KR-27.2019")
    state = {"c": {"selection": {"points": [{"customdata": {"0": "4 persons", "1": 3}}]}}}
    faked = SimpleNamespace(query_params=address, session_state=state)
    for module in (openings, addresses):
        monkeypatch.setattr(module, "st", faked)
    follow_point(chart("line"), "figure-1", "c")
    assert address == {"region": "KR-27", "cell": "figure-1.3"}
    del address["cell"]
    state["c"] = {"selection": {"points": []}}
    follow_point(chart("line"), "figure-1", "c")
    assert address == {"region": "KR-27", "cell": "figure-1.3"}


def test_a_dot_with_a_view_of_its_own_leads_there(monkeypatch):
    address = Parameters()
    state = {"c": {"selection": {"points": [{"customdata": ["KIMES", 0]}]}}}
    faked = SimpleNamespace(query_params=address, session_state=state)
    for module in (openings, addresses):
        monkeypatch.setattr(module, "st", faked)
    follow_point(DOTS, "events-1", "c")
    assert address == {"event": "KIMES"}
