"""Tiles of key figures on screen: what has no figure takes no tile."""

from dataclasses import replace

from dashboard.content.document import Cell, KeyFigure
from dashboard.content.links import link_to
from dashboard.render.screen.figure_groups import without_figures

KNOWN = KeyFigure("Outcome", Cell("selected", "selected"))
NONE = KeyFigure("Judges on site", Cell("no data", None, "no data"))


def test_what_has_no_figure_is_named_in_a_line_beside_what_has_one():
    counted_otherwise = replace(NONE, note="counted by name: 3")
    opens = replace(NONE, behind=link_to("", event="KIMES"))
    assert without_figures([KNOWN, NONE, counted_otherwise, opens]) == [NONE]


def test_where_nothing_is_known_every_tile_says_so():
    assert without_figures([NONE, NONE]) == []
