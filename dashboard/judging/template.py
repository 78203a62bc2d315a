"""Criteria of the record as a template for a round."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.i18n import record_text, speaking
from dashboard.judging.views import TemplateCriteria
from dashboard.review.panel import Criterion, Stage

_EQUAL_POINTS = Decimal(10)
_STAGES_ONLY = "(stages only)"
"""Printed in the record where a call names its stages and no criterion."""


def criteria_from_record(rows: Sequence[Mapping[str, Any]]) -> TemplateCriteria:
    """Criteria of one programme and year, as the question `review_criteria` returns them.

    Where any criterion has no published points, all get ten: equal weights.

    Args:
        rows: with `stage`, `criterion_en`, `criterion_ko`, `max_points` and `source_ids`.
    """
    named = [row for row in rows if row["criterion_en"] != _STAGES_ONLY]
    are_published = bool(named) and all(row["max_points"] is not None for row in named)
    criteria = tuple(
        Criterion(
            criterion_id=f"c{place}",
            stage=_stage(row["stage"]),
            name_ko=row["criterion_ko"] or _in_korean(row["criterion_en"]),
            name_en=row["criterion_en"],
            max_points=Decimal(str(row["max_points"])) if are_published else _EQUAL_POINTS,
            is_published=are_published,
        )
        for place, row in enumerate(named, 1)
    )
    sources = {source for row in named for source in row["source_ids"] or ()}
    return TemplateCriteria(criteria, are_published, tuple(sorted(sources)))


def _stage(text: str) -> Stage:
    """The stage of a review that a text of the record names; the document where it says neither."""
    if "onsite" in text and "document" not in text:
        return "onsite"
    return "presentation" if "presentation" in text and "document" not in text else "document"


def _in_korean(text: str) -> str:
    with speaking("ko"):
        return record_text(text)
