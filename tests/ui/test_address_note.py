"""What an address names and the record does not have is noticed, and nothing else."""

import pytest

from dashboard.ui.address_note import unknown_in

ASKED = {"region": "KR-27", "year": 2016, "event": "A,B", "country": None, "metric": "patients"}


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ({}, []),
        ({"year": "2016", "event": "A,B", "country": "all", "metric": "patients"}, []),
        ({"year": "1066"}, [("year", "1066")]),
        ({"event": "A,C,B,D"}, [("event", "C"), ("event", "D")]),
        ({"country": "XX", "metric": "x"}, [("country", "XX"), ("metric", "x")]),
        # Of parameters that the page does not take, and of other things, nothing is said.
        ({"programme": "x", "lang": "en", "at-events-3": "26"}, []),
    ],
)
def test_only_what_is_not_in_the_view_is_unknown(written, unknown):
    assert unknown_in(written, ASKED) == unknown
