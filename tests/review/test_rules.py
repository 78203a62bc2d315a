"""Rules that cannot be."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.review.panel import Criterion, Rounding, Rule, TieBreak, rule_faults

DOCUMENT = Criterion("plan", "document", "계획", "Plan", Decimal(40), Decimal("0.01"))
ONSITE = Criterion("visit", "onsite", "현장", "Visit", Decimal(60), Decimal("0.01"))
CRITERIA = (DOCUMENT, ONSITE)
DROP = Rule(rounding=Rounding(2, ("final",)))
PLAIN = replace(DROP, drop_highest=0, drop_lowest=0)


@pytest.mark.parametrize(
    ("fault", "criteria", "rule"),
    [
        ("no_criteria", (), Rule()),
        ("criterion_twice", (DOCUMENT, DOCUMENT), Rule()),
        ("points_not_positive", (replace(DOCUMENT, max_points=Decimal(0)),), Rule()),
        ("points_not_positive", (replace(DOCUMENT, max_points=Decimal("NaN")),), Rule()),
        ("step_does_not_fit", (replace(DOCUMENT, step=Decimal("0.3")),), Rule()),
        ("step_does_not_fit", (replace(DOCUMENT, step=Decimal(0)),), Rule()),
        ("negative_drop", CRITERIA, Rule(drop_highest=-1)),
        ("nobody_left", CRITERIA, Rule(min_judges_to_drop=2)),
        ("no_quorum", CRITERIA, Rule(quorum=0)),
        ("digits_out_of_range", CRITERIA, Rule(rounding=Rounding(7))),
        ("pass_mark_out_of_range", CRITERIA, Rule(pass_mark=Decimal(101))),
        ("tie_break_unknown", CRITERIA, Rule(tie_breaks=(TieBreak("criterion", "price"),))),
        ("tie_break_unknown", CRITERIA, Rule(tie_breaks=(TieBreak("stage", "presentation"),))),
    ],
)
def test_a_rule_that_cannot_be_is_named(fault, criteria, rule):
    assert fault in rule_faults(tuple(criteria), rule)


def test_the_usual_rule_has_no_fault():
    assert rule_faults(CRITERIA, Rule(pass_mark=Decimal(70), tie_breaks=(TieBreak("lot"),))) == []
