"""Signs for the evidence behind a value, the same on screen, paper, slide and sheet."""

EVIDENCE_MARKS = {
    "settled": "●",
    "counted": "■",
    "single source": "○",
    "contested": "◆",
    "approximate": "≈",
    "provisional": "△",
    "no data": "·",
}
"""A sign per evidence status, so that colour is never needed. All are in the product's font."""
