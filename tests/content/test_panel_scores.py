"""What the chart of a closed round says: scores by its rule, and who shares the first of them."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from dashboard.content.panel_scores import panel_finding, panel_scores
from dashboard.i18n import use_language
from dashboard.judging.views import RoundRules
from dashboard.review.aggregation import aggregate
from dashboard.review.panel import Criterion, PointSheet, Rule, TieBreak

pytestmark = pytest.mark.usefixtures("english")


CRITERIA = (
    Criterion("plan", "document", "계획", "Plan", Decimal(40)),
    Criterion("visit", "onsite", "현장", "Visit", Decimal(60)),
)
RULE = Rule(drop_highest=0, drop_lowest=0)
"""Rounds the score to two decimals."""


def result(rule, given):
    """Of applicant → a (plan, visit) of each judge; the reader knows the first judge's name."""
    sheets = [
        PointSheet(f"j{n}", applicant, {"plan": Decimal(plan), "visit": Decimal(visit)})
        for applicant, judges in given.items()
        for n, (plan, visit) in enumerate(judges)
    ]
    outcome = aggregate(list(given), CRITERIA, rule, sheets)
    rules = RoundRules("cluster", 2019, "Round", tuple(given), CRITERIA, rule)
    return SimpleNamespace(
        round=SimpleNamespace(rules=rules), outcome=outcome, judges={"j0": "Kim"}
    )


# 35 + 48 = 83 and 34 + 48.8 = 82.8: (83 + 82.8) / 2 = 82.9.
DAEGU = [("35", "48"), ("34", "48.8")]
# The same score by a poorer plan: 33 + 50 = 83, 33 + 49.8 = 82.8.
SAME = [("33", "50"), ("33", "49.8")]
# 80 and 81: 80.5. 82.9 - 80.5 = 2.4.
BUSAN = [("30", "50"), ("30", "51")]


def test_every_score_has_the_decimals_of_the_rule():
    found = panel_scores(result(RULE, {"KR-27": DAEGU, "KR-26": BUSAN}))
    assert found.alt.startswith("Daegu is first with 82.90 of 100 points, 2.40 ahead of Busan. ")
    assert "1  Daegu: 82.90 (83.00, 82.80)" in found.alt
    assert [dot.cell.text for dot in found.dots if dot.is_subject] == ["82.90", "80.50"]
    assert [(dot.lane, dot.at, dot.name) for dot in found.dots[:2]] == [
        ("1  Daegu", 83.0, "83.00 Kim"),
        ("1  Daegu", 82.8, "82.80"),
    ]


def test_a_total_that_was_dropped_is_hollow_and_says_so():
    # 83, 82.8 and 80 (30 + 50): the highest and the lowest go, 82.8 stays.
    rule = Rule(drop_highest=1, drop_lowest=1, min_judges_to_drop=3)
    found = panel_scores(result(rule, {"KR-27": [*DAEGU, ("30", "50")]}))
    given = {dot.at: (dot.is_hollow, "dropped" in dot.name) for dot in found.dots[:-1]}
    assert given == {83.0: (True, True), 82.8: (False, False), 80.0: (True, True)}
    assert found.dots[-1].cell.text == "82.80"


def test_no_total_is_drawn_where_stages_are_pooled_apart():
    assert panel_scores(result(Rule(pooling="stage"), {"KR-27": DAEGU})) is None


def test_all_who_share_the_second_rank_are_named_behind_the_first():
    # 82.9 - 80.5 = 2.4, of two who have 80.5 each.
    found = panel_finding(result(RULE, {"KR-27": DAEGU, "KR-26": BUSAN, "KR-28": BUSAN}))
    assert found == "Daegu is first with 82.90 of 100 points, 2.40 ahead of Busan · Incheon"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Busan · Daegu · Incheon share rank 1 with 82.90 of 100 points"),
        ("ko", "공동 1위: 부산 · 대구 · 인천 (100점 만점에 82.90점)"),
    ],
)
def test_three_who_share_the_first_rank_are_all_named(language, title):
    use_language(language)
    assert panel_finding(result(RULE, {"KR-27": SAME, "KR-26": SAME, "KR-28": SAME})) == title


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (
            "en",
            "Daegu is first with 82.90 of 100 points, told apart from Busan, Incheon by the rule "
            "for equal scores",
        ),
        (
            "ko",
            "1위 대구: 100점 만점에 82.90점, 부산, 인천과 동점이나 동점 처리 기준으로 앞섬",
        ),
    ],
)
def test_all_with_the_same_first_score_are_named_where_a_rule_tells_them_apart(language, title):
    use_language(language)
    # The plan decides: Daegu's mean is 34.5, the others' 33.
    rule = Rule(drop_highest=0, drop_lowest=0, tie_breaks=(TieBreak("criterion", "plan"),))
    assert panel_finding(result(rule, {"KR-27": DAEGU, "KR-26": SAME, "KR-28": SAME})) == title
