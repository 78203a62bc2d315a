"""What vouches for a figure: the codes from firm to weak, which are in doubt, and their signs."""

from collections.abc import Iterable

EVIDENCE_MARKS = {
    "counted": "■",
    "settled": "●",
    "single source": "○",
    "provisional": "△",
    "approximate": "≈",
    "contested": "◆",
    "self-reported": "□",
    "no data": "·",
}
"""A sign per evidence status, so that colour is never needed. All are in the product's font.

The order is that of firmness: of several codes the last one here holds.
"""
APPROXIMATE = EVIDENCE_MARKS["approximate"]
"""Stands before a rounded figure, whatever else is in doubt about it."""
FIRM = frozenset({"counted", "settled"})
"""Evidence that needs no word beside the figure."""
DOUBTFUL = frozenset({"provisional", "approximate", "contested", "self-reported"})
"""Evidence whose points and bars are drawn hollow, and whose figures carry a sign."""
_FIRMNESS = tuple(EVIDENCE_MARKS)


def weakest(codes: Iterable[str | None]) -> str | None:
    """The weakest of several codes of evidence; None of none.

    Raises:
        ValueError: a code that is none of evidence.
    """
    known = [code for code in codes if code is not None]
    return max(known, key=_FIRMNESS.index, default=None)


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

    A text that begins with its sign already gets no second.
    """
    found = sign(evidence)
    if not found or text.startswith(found):
        return text
    return approximated(text, True) if evidence == "approximate" else f"{text} {found}"
