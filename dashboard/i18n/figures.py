"""The text of a figure with its marks, from the row that says both."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboard.i18n.evidence import flagged, is_only_rounded, signed
from dashboard.i18n.quantities import quantity_text


def is_rounded(row: Mapping[str, Any], of: str = "") -> bool:
    """Whether a figure of a row is rounded, and `≈` stands before it.

    Args:
        row: a row of an answer. One without such a column is only rounded where its evidence says
            that nothing but rounded claims are printed.
        of: what the columns beside the figure begin with, such as `share_`.
    """
    said = _flag(row, of, "approximate")
    return is_only_rounded(row.get(f"{of}evidence")) if said is None else said


class Marks(NamedTuple):
    """What is said beside a figure."""

    evidence: str | None
    is_approximate: bool
    is_lower_bound: bool


def marks(row: Mapping[str, Any], column: str = "value", of: str | None = None) -> Marks:
    """What a row says beside the figure of a column; `of` as in `figure_text`."""
    beside = _beside(row, column) if of is None else of
    bound = bool(_flag(row, beside, "lower_bound"))
    return Marks(row.get(f"{beside}evidence"), is_rounded(row, beside), bound)


def figure_text(
    row: Mapping[str, Any],
    column: str = "value",
    unit: str | None = None,
    *,
    of: str | None = None,
    with_sign: bool = False,
    digits: int | None = None,
) -> str:
    """A figure of a row as it is printed everywhere: `at least ≈ 380 persons ◆`.

    `≈` stands before a rounded one, the words for a lower bound around it, its unit and what one it
    is of behind it; the words for no data where it is missing.

    Args:
        row: a row of an answer.
        column: which of its columns is the figure.
        unit: code of its unit; the row's own unless told.
        of: what the columns beside the figure begin with: `previous_` for `previous_evidence` and
            `is_previous_approximate`. Found from the column unless told: `share_` for `share_pct`
            where the row has `share_evidence`, else nothing.
        with_sign: whether the sign of its evidence stands behind it, where no word does.
        digits: decimals at most, of compact amounts.
    """
    evidence, is_approximate, is_lower_bound = marks(row, column, of)
    text = quantity_text(
        row[column],
        unit or str(row["unit"]),
        is_approximate,
        row.get("per"),
        is_lower_bound,
        digits,
    )
    return signed(text, evidence) if with_sign else text


def sentence_figure(
    row: Mapping[str, Any],
    column: str = "value",
    unit: str | None = None,
    *,
    of: str | None = None,
    digits: int | None = None,
) -> str:
    """As `figure_text`, in a title or sentence: with the sign of evidence in doubt behind it."""
    text = figure_text(row, column, unit, of=of, digits=digits)
    return text if row[column] is None else flagged(text, marks(row, column, of).evidence)


def _beside(row: Mapping[str, Any], column: str) -> str:
    for start in (f"{column}_", f"{column.rpartition('_')[0]}_"):
        if f"{start}evidence" in row:
            return start
    return ""


def _flag(row: Mapping[str, Any], of: str, name: str) -> bool | None:
    spellings = (f"is_{of}{name}", f"{of}is_{name}", f"{of}{name}", f"{of}{name}_count")
    return next((bool(row[spelling]) for spelling in spellings if spelling in row), None)
