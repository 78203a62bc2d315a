"""Criteria of the record as a template for a round."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.i18n import record_text, speaking
from dashboard.judging.views import TemplateCriteria, TemplateCriterion
from dashboard.review.panel import Stage

_EQUAL_POINTS = Decimal(10)
_STAGES_ONLY = "(stages only)"
"""Printed in the record where a call names its stages and no criterion."""


def criteria_from_record(rows: Sequence[Mapping[str, Any]]) -> TemplateCriteria:
    """Criteria of one programme and year, as the question `review_criteria` returns them.

    Published points are kept. Where no criterion has any, all get ten: equal weights. Where some
    have and some have not, the others have none: the chair fills them in.

    Args:
        rows: with `stage`, `criterion_en`, `criterion_ko`, `max_points` and `source_ids`.
    """
    named = [row for row in rows if row["criterion_en"] != _STAGES_ONLY]
    any_published = any(row["max_points"] is not None for row in named)
    criteria = tuple(
        TemplateCriterion(
            criterion_id=f"c{place}",
            stage=_stage(row["stage"]),
            name_ko=row["criterion_ko"] or _in_korean(row["criterion_en"]),
            name_en=row["criterion_en"],
            max_points=_points(row["max_points"], any_published),
            is_published=row["max_points"] is not None,
        )
        for place, row in enumerate(named, 1)
    )
    sources = {source for row in named for source in row["source_ids"] or ()}
    return TemplateCriteria(criteria, any_published, tuple(sorted(sources)))


def _points(published: object, any_published: bool) -> Decimal | None:
    if published is None:
        return None if any_published else _EQUAL_POINTS
    return Decimal(str(published))


def _stage(text: str) -> Stage:
    """The stage of a review that a text of the record names; the document where it says neither."""
    if "onsite" in text and "document" not in text:
        return "onsite"
    return "presentation" if "presentation" in text and "document" not in text else "document"


def _in_korean(text: str) -> str:
    with speaking("ko"):
        return record_text(text)
