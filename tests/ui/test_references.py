"""Footnote numbers beside a figure: complete, in order, and short."""

import pytest

from dashboard.content.report import Report, Source, Stamp
from dashboard.render.screen.chart_picture import file_stem
from dashboard.render.screen.references import references

STAMP = Stamp("", "b", 1, "2026-01-01", "en", "", "2026-01-01T00:00:00+00:00")


@pytest.fixture
def report():
    """A report with the sources a, b, c, … as numbers 1, 2, 3, …"""
    sources = tuple(
        Source(number, letter, "", "", "", "", "") for number, letter in enumerate("abcdefgh", 1)
    )
    return Report("kpi", "", "", (), sources, STAMP)


@pytest.mark.parametrize(
    ("named", "texts"),
    [
        ("", []),
        ("b", ["2"]),
        ("ca", ["1", "3"]),
        ("ab", ["1", "2"]),
        ("gcba", ["1–3", "7"]),
        ("hgfab", ["1", "2", "6–8"]),
        ("aab", ["1", "2"]),
    ],
)
def test_neighbours_are_joined_from_three_on(report, named, texts):
    assert [one.text for one in references(report, named)] == texts


def test_a_range_leads_to_its_first_source(report):
    assert references(report, "cde")[0].number == 3


def test_an_unknown_source_is_a_fault(report):
    with pytest.raises(LookupError):
        references(report, "z")


@pytest.mark.parametrize(
    ("finding", "name"),
    [
        ("대구 2019년 31,183명", "대구 2019년 31,183명"),
        ('a/b\\c: "d"?', "a b c d"),
        ("../../etc", "etc"),
        ("???", "chart"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_finding_becomes_a_name_that_every_file_system_takes(finding, name):
    assert file_stem(finding) == name
