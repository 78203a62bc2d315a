"""What vouches for a figure: the codes from firm to weak, which are in doubt, and their signs."""

from collections.abc import Iterable

from dashboard.i18n.language import gettext as _
from dashboard.i18n.language import label

EVIDENCE_MARKS = {
    "counted": "■",
    "settled": "●",
    "single source": "○",
    "provisional": "△",
    "approximate": "≈",
    "contested": "◆",
    "self-reported": "□",
    "derived": "↔",
    "no data": "·",
}
"""A sign per evidence status, so that colour is never needed. All are in the product's font.

The order is that of firmness: of several codes the last one here holds. What is derived is a range
that other printed figures leave, never a figure.
"""
APPROXIMATE = EVIDENCE_MARKS["approximate"]
"""Stands before a rounded figure, whatever else is in doubt about it."""
FIRM = frozenset({"counted", "settled"})
"""Evidence that needs no word beside the figure."""
DOUBTFUL = frozenset({"provisional", "approximate", "contested", "self-reported"})
"""Evidence whose points and bars are drawn hollow, and of which sentences say that it is weak."""
COMMON = ("settled", "single source", "contested", "approximate", "derived")
"""Evidence of most figures: what a legend of one line names."""
_FIRMNESS = tuple(EVIDENCE_MARKS)


def is_weak(code: str | None) -> bool:
    """Whether it is worth a word beside the figure, where it is not seen by its sign alone."""
    return code is not None and code not in FIRM and code != "no data"


def weakest(codes: Iterable[str | None]) -> str | None:
    """The weakest of several codes of evidence; None of none.

    Raises:
        ValueError: a code that is none of evidence.
    """
    known = [code for code in codes if code is not None]
    return max(known, key=_FIRMNESS.index, default=None)


def is_doubtful(code: str | None) -> bool:
    """Whether a point or bar is drawn hollow, and a sentence names the evidence."""
    return code in DOUBTFUL


def is_contested(code: str | None) -> bool:
    """Whether sources of equal weight print different figures."""
    return code == "contested"


def is_settled(code: str | None) -> bool:
    """Whether several sources agree."""
    return code == "settled"


def is_only_rounded(code: str | None) -> bool:
    """Whether nothing but rounded figures are printed."""
    return code == "approximate"


def evidence_of_ratio(approximate_count: int, dissent_count: int) -> str:
    """Evidence of what is computed from several figures, so many of them rounded or disputed."""
    found = {"approximate": approximate_count, "contested": dissent_count}
    return weakest(code for code, count in found.items() if count) or "settled"


def weaknesses() -> dict[str, str]:
    """What is said against figures of a code, for its `{names}`, the most serious first."""
    return {
        "self-reported": _(
            "Handed in by the office itself, printed by no other source yet: {names}"
        ),
        "approximate": _("Only rounded figures are printed: {names}"),
        "provisional": _("Only provisional figures are printed: {names}"),
        "single source": _("One source only: {names}"),
        "no data": _("No figure in the record: {names}"),
    }


def mark_meanings() -> dict[str, str]:
    """Code of evidence → what it means, from firm to weak."""
    return {
        "counted": _("Counted or computed from the record; nobody prints it."),
        "settled": _("An official source or two publishers print it, exact and final."),
        "single source": _("One publisher prints it, and no official source."),
        "provisional": _("No final value is printed yet."),
        "approximate": _("Only rounded values are printed."),
        "contested": _("A source of the same weight prints another value."),
        "self-reported": _("Handed in by the office itself; no other source prints it yet."),
        "derived": _("Nobody prints it: a range that other printed figures leave."),
        "no data": _("The record has no figure."),
    }


def doubts(codes: Iterable[str | None]) -> list[str]:
    """Which of several codes are in doubt, each once, the weakest first."""
    return sorted(DOUBTFUL.intersection(codes), key=_FIRMNESS.index, reverse=True)


def names_of_doubt() -> str:
    """The evidence whose points and bars are drawn hollow, from firm to weak."""
    return ", ".join(label("evidence", code) for code in _FIRMNESS if code in DOUBTFUL)


def sign_and_name(code: str) -> str:
    """A code in words behind its sign: `◆ contested`."""
    return f"{EVIDENCE_MARKS[code]} {label('evidence', code)}"


def key_to_signs(codes: Iterable[str | None] = _FIRMNESS) -> str:
    """What the signs of several codes mean, from firm to weak: `○ single source · ◆ contested`."""
    seen = {code for code in codes if code is not None}
    return " · ".join(sign_and_name(code) for code in _FIRMNESS if code in seen)


def approximated(text: str, is_approximate: bool) -> str:
    """A figure's text with `≈` before it where it is rounded."""
    return f"{APPROXIMATE} {text}" if is_approximate else text


def sign(evidence: str | None) -> str:
    """The sign behind a figure: none for firm evidence, missing figures and texts."""
    if evidence is None or evidence in FIRM or evidence == "no data":
        return ""
    return EVIDENCE_MARKS.get(evidence, "")


def signed(text: str, evidence: str | None) -> str:
    """A figure's text with its sign; `≈` stands before the figure, every other sign behind it.

    A text that has its sign already gets no second: `100명당 ≈ 18.8명`.
    """
    found = sign(evidence)
    if not found or found in text:
        return text
    return approximated(text, True) if found == APPROXIMATE else f"{text} {found}"


def flagged(text: str, evidence: str | None) -> str:
    """A figure's text in a sentence: behind it the sign of evidence in doubt, and no other.

    `≈` stands before the figure already.
    """
    return (
        text
        if sign(evidence) == APPROXIMATE or evidence not in DOUBTFUL
        else signed(text, evidence)
    )


def with_doubt(text: str, evidence: str | None) -> str:
    """A figure's text with the name of evidence in doubt; `≈` before the text says its own."""
    if evidence not in DOUBTFUL or sign(evidence) == APPROXIMATE:
        return text
    return f"{text} ({label('evidence', evidence)})"
