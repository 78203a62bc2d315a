"""What an address names and the record does not have is noticed, and nothing else."""

import pytest

from dashboard.content.document import Column, Table
from dashboard.i18n import speaking
from dashboard.ui.address_note import unknown_in, unknown_orders, unknown_ways
from dashboard.ui.behind import opens_evidence

ASKED = {"region": "KR-27", "year": 2016, "event": "A,B", "country": None, "metric": "patients"}
ASKED |= {"reporting": None}


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ({}, []),
        ({"year": "2016", "event": "A,B", "country": "all", "metric": "patients"}, []),
        ({"year": "1066"}, [("year", "1066")]),
        ({"event": "A,C,B,D"}, [("event", "C"), ("event", "D")]),
        ({"country": "XX", "metric": "x"}, [("country", "XX"), ("metric", "x")]),
        ({"reporting": "x"}, [("reporting", "x")]),
        # Of parameters that the page does not take, and of other things, nothing is said.
        ({"programme": "x", "lang": "en", "at-events-3": "26"}, []),
    ],
)
def test_only_what_is_not_in_the_view_is_unknown(written, unknown):
    assert unknown_in(written, ASKED) == unknown


def test_a_language_and_a_number_of_rows_that_there_are_not():
    with speaking("en"):
        assert unknown_ways({"lang": "fr", "per_page": "7"}) == [
            ("Language", "fr", "한국어"),
            ("Rows a page", "7", "25"),
        ]
        assert unknown_ways({"lang": "en", "per_page": "100"}) == []


def test_an_order_that_a_table_does_not_have():
    """Of a table that the page does not have nothing is said."""
    blocks = {"t-1": Table("", (Column("year", "Year"),), ())}
    for code in ("year.asc", "year.desc"):
        assert unknown_orders({"sort-t-1": code, "sort-t-2": "x.asc"}, blocks) == []
    for code in ("x.asc", "year.up", "year"):
        with speaking("en"):
            assert unknown_orders({"sort-t-1": code}, blocks) == [
                ("Order of the rows", code, "the usual order")
            ]


def test_evidence_of_what_the_record_has_opens_and_no_other(record):
    assert opens_evidence(record, "foreign_patients.KR-27.2019") is not None
    for named in ("x", "x.KR-27.2019", "foreign_patients.KR-99.2019", "event.x", "centre.x"):
        assert opens_evidence(record, named) is None
