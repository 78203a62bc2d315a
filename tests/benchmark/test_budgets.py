"""What was measured last is held against what is wanted; what is missed is said, and stays said."""

import json
import re
import tomllib

import pytest

from bench.table import BUDGETS, HOLDS, NAMES, PAGE, budgets, is_met, paced, page_of, value_of
from dashboard.settings import PROJECT_ROOT

FOUND = json.loads((PROJECT_ROOT / "docs" / "benchmark.json").read_text("utf-8"))


@pytest.mark.parametrize("budget", budgets(), ids=lambda budget: budget["what"])
def test_the_list_says_what_the_last_run_met(budget):
    said = "met" if is_met(FOUND, budget) else "missed"
    assert is_met(FOUND, budget) == budget["met"], (
        f"{budget['what']}: {value_of(FOUND, budget):.4g} is {said}; say so in {BUDGETS.name}"
    )


def test_the_page_is_of_the_last_run():
    assert PAGE.read_text("utf-8") == page_of(FOUND)
    missed = [budget for budget in budgets() if not budget["met"]]
    assert PAGE.read_text("utf-8").count("**missed**") == len(missed)


def test_a_value_is_found_by_its_path_and_may_be_of_another():
    found = {"a": {"list": [{"ms": 2.0}, {"ms": 6.0}]}, "b": 4.0}
    largest = {"value": "a.list.*.ms", "holds": "<", "limit": 6}
    assert value_of(found, largest) == 6
    assert not is_met(found, largest)
    share = {"value": "a.list.1.ms", "per": "b", "holds": "<=", "limit": 1.5}
    assert value_of(found, share) == 1.5  # 6 / 4
    assert is_met(found, share)
    assert not is_met(found, share | {"holds": ">=", "limit": 1.6})


def test_times_and_rates_are_held_at_the_pace_at_which_they_were_limited():
    """Where an empty page takes twice as long, 45 ms are 22.5, and 35 runs a second are 70."""
    found = {"ms": 45.0, "runs": 35.0, "browser": {"empty_streamlit": {"warm_last_ms": 2 * 790}}}
    time = {"value": "ms", "of": "time", "holds": "<", "limit": 23}
    rate = {"value": "runs", "of": "rate", "holds": ">=", "limit": 70}
    assert (paced(found, time), paced(found, rate)) == (22.5, 70)
    assert is_met(found, time)
    assert is_met(found, rate)
    found["browser"]["empty_streamlit"]["warm_last_ms"] = 790 / 2
    assert (paced(found, time), paced(found, rate)) == (90, 17.5)
    assert paced(found, {"value": "ms"}) == 45, "what is no time of the machine stays as it is"


def test_the_list_is_well_formed():
    wanted = tomllib.loads(BUDGETS.read_text("utf-8"))["budget"]
    assert len({budget["what"] for budget in wanted}) == len(wanted) == 16
    for budget in wanted:
        assert {"what", "value", "holds", "limit", "met"} <= set(budget) <= {
            "what", "value", "per", "of", "holds", "limit", "met",
        }  # fmt: skip
        assert budget["holds"] in HOLDS
        assert budget.get("of", "time") in ("time", "rate")


def test_the_run_names_no_machine_and_all_that_it_compares():
    assert set(FOUND["browser"]) == set(NAMES)
    text = json.dumps(FOUND)
    assert not re.search(r'\d+\.\d+\.\d+\.\d+|localhost|[" =]/[a-z]+/', text)
    pinned = (PROJECT_ROOT / "bench" / "requirements.txt").read_text("utf-8")
    assert set(FOUND["rivals"]) == {
        line for line in pinned.splitlines() if line and not line.startswith("#")
    }
