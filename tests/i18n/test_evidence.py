"""Codes of evidence: their order, which are in doubt, and their signs."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.i18n import readable, speaking
from dashboard.i18n.evidence import (
    DOUBTFUL,
    EVIDENCE_MARKS,
    FIRM,
    doubts,
    key_to_signs,
    sign,
    signed,
    weakest,
    with_doubt,
)

CODES = re.compile(r'["\'](settled|counted|contested|approximate|provisional|single source)["\']')


def test_the_weakest_of_several_holds():
    assert weakest(["settled", "contested", None, "approximate"]) == "contested"
    assert weakest(["counted", "settled"]) == "settled"
    assert weakest(["single source", "provisional"]) == "provisional"
    assert weakest(["settled", "no data"]) == "no data"
    assert weakest([None]) is None
    with pytest.raises(ValueError, match="not in"):
        weakest(["settled", "certain"])


def test_every_code_has_a_sign_of_its_own_and_firm_figures_print_none():
    assert len(set(EVIDENCE_MARKS.values())) == len(EVIDENCE_MARKS)
    assert FIRM | DOUBTFUL | {"single source", "derived", "no data"} == set(EVIDENCE_MARKS)
    assert not any(sign(code) for code in (*FIRM, "no data", None))
    assert all(sign(code) == EVIDENCE_MARKS[code] for code in (*DOUBTFUL, "single source"))


def test_a_sign_stands_once():
    assert signed("380", "approximate") == signed("≈ 380", "approximate") == "≈ 380"
    assert signed("≈ 380", "provisional") == "≈ 380 △"
    assert signed("380", "settled") == "380"


def test_doubts_and_keys_stand_in_the_order_of_firmness():
    with speaking("en"):
        assert doubts(["settled", "provisional", "contested", "provisional", None]) == [
            "contested",
            "provisional",
        ]
        assert key_to_signs(["contested", "single source", None, "contested"]) == (
            "○ single source · ◆ contested"
        )
        assert with_doubt("5 persons", "contested") == "5 persons (contested)"
        assert with_doubt("≈ 5 persons", "approximate") == "≈ 5 persons"
        assert with_doubt("5 persons", "single source") == "5 persons"


def test_no_other_place_decides_which_evidence_is_in_doubt():
    """A list of codes is a definition of one's own, and so are a set that is asked and a sign."""
    listed = re.compile(rf"[({{\[]\s*{CODES.pattern}\s*,\s*{CODES.pattern}")
    asked = re.compile(r"\b(?:DOUBTFUL|FIRM)\b")
    signs = re.compile(rf"{CODES.pattern}\s*:\s*[\"'][■●○△≈◆□·]")
    allowed = {"evidence.py"}
    found = {
        path.name
        for path in Path(dashboard.__file__).parent.rglob("*.py")
        if path.name not in allowed
        and any(rule.search(path.read_text(encoding="utf-8")) for rule in (listed, asked, signs))
    }
    assert not found


@pytest.mark.parametrize("column", ["evidence", "share_evidence", "alone_evidence"])
def test_every_column_of_evidence_is_read_in_words(column):
    with speaking("ko"):
        assert readable(column, "single source") == "단일 출처"
