"""What the chart of a closed round says: scores by its rule, and who shares the first of them."""

import re
from decimal import Decimal

import pytest

from dashboard.i18n import use_language
from dashboard.render.screen.panel_scores import panel_scores_chart
from dashboard.review.aggregation import aggregate
from dashboard.review.panel import Criterion, PointSheet, Rule, TieBreak


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


def _at(values, place):
    return values[place] if isinstance(values, tuple | list) else values


def _told(trace):
    """The words of each mark of a trace, as Plotly fills them in."""
    words = []
    for place in range(len(trace.x)):
        if trace.hovertemplate is None:
            words.append(_at(trace.hovertext, place))
            continue

        def value(found, place=place):
            name, index = found.groups()
            here = _at(getattr(trace, name), place)
            return str(here if index is None else here[int(index)])

        template = _at(trace.hovertemplate, place).replace("<extra></extra>", "")
        words.append(re.sub(r"%\{(\w+)(?:\[(\d+)\])?[^}]*\}", value, template))
    return words


@pytest.fixture(scope="session")
def told():
    """Words of each mark: told(trace)."""
    return _told


CRITERIA = (
    Criterion("plan", "document", "계획", "Plan", Decimal(40)),
    Criterion("visit", "onsite", "현장", "Visit", Decimal(60)),
)
RULE = Rule(drop_highest=0, drop_lowest=0)
"""Rounds the score to two decimals."""


def chart(rule, given):
    """Of applicant → a (plan, visit) of each judge."""
    sheets = [
        PointSheet(f"j{n}", applicant, {"plan": Decimal(plan), "visit": Decimal(visit)})
        for applicant, judges in given.items()
        for n, (plan, visit) in enumerate(judges)
    ]
    outcome = aggregate(list(given), CRITERIA, rule, sheets)
    return panel_scores_chart(outcome, {"j0": "Kim"}, Decimal(100), rule)


# 35 + 48 = 83 and 34 + 48.8 = 82.8: (83 + 82.8) / 2 = 82.9.
DAEGU = [("35", "48"), ("34", "48.8")]
# The same score by a poorer plan: 33 + 50 = 83, 33 + 49.8 = 82.8.
SAME = [("33", "50"), ("33", "49.8")]
# 80 and 81: 80.5. 82.9 - 80.5 = 2.4.
BUSAN = [("30", "50"), ("30", "51")]


def test_every_score_has_the_decimals_of_the_rule(told):
    found = chart(RULE, {"KR-27": DAEGU, "KR-26": BUSAN})
    assert found.title == "Daegu is first with 82.90 of 100 points, 2.40 ahead of Busan"
    assert "1  Daegu: 82.90 (83.00, 82.80)" in found.alt
    assert list(found.figure.data[2].text) == ["<b>82.90</b>", "<b>80.50</b>"]
    assert told(found.figure.data[0])[:2] == ["1  Daegu: 83.00 Kim", "1  Daegu: 82.80"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Busan · Daegu · Incheon share rank 1 with 82.90 of 100 points"),
        ("ko", "공동 1위: 부산 · 대구 · 인천 (100점 만점에 82.90점)"),
    ],
)
def test_three_who_share_the_first_rank_are_all_named(language, title):
    use_language(language)
    assert chart(RULE, {"KR-27": SAME, "KR-26": SAME, "KR-28": SAME}).title == title


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
    assert chart(rule, {"KR-27": DAEGU, "KR-26": SAME, "KR-28": SAME}).title == title
