"""The table in which criteria are written, or taken over from the record."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.content.panel_rule import stage_name
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.template import criteria_from_record
from dashboard.judging.texts import weights_note
from dashboard.judging.views import RoundRules
from dashboard.render.screen.texts import draw_text
from dashboard.review.panel import Criterion
from dashboard.ui.record_in_view import record_in_view

_COLUMNS = ("id", "stage", "name_ko", "name_en", "max_points", "step", "is_published")
_STAGES = ("document", "onsite", "presentation")


def take_over(prefix: str, programme: str, year: float) -> None:
    """Put the criteria of a programme and year in the record into the table."""
    rows = record_in_view().ask("review_criteria", {"programme": programme, "year": int(year)}).rows
    found = criteria_from_record(rows)
    if not found.criteria:
        draw_text(
            _("The record has no criteria of {programme} in {year}.").format(
                programme=label("programme", programme), year=int(year)
            ),
            "box",
        )
        return
    generation = st.session_state.get(f"{prefix}-generation", 0) + 1
    st.session_state[f"{prefix}-generation"] = generation
    st.session_state[f"{prefix}-criteria"] = _frame(found.criteria)


def criteria_table(prefix: str, former: RoundRules | None) -> pd.DataFrame:
    """Draw the table; returns it as it was edited."""
    if f"{prefix}-criteria" not in st.session_state:
        st.session_state[f"{prefix}-criteria"] = _frame(former.criteria if former else ())
    generation = st.session_state.get(f"{prefix}-generation", 0)
    own, *others = sorted(("name_en", "name_ko"), key=lambda name: name != f"name_{language()}")
    edited: pd.DataFrame = st.data_editor(
        st.session_state[f"{prefix}-criteria"],
        key=f"{prefix}-editor-{generation}",
        num_rows="dynamic",
        hide_index=True,
        column_order=["stage", own, "max_points", "step", "is_published", *others],
        column_config={
            "stage": st.column_config.SelectboxColumn(
                _("Stage"), options=list(_STAGES), format_func=_stage, required=True
            ),
            "name_ko": st.column_config.TextColumn(_("Criterion (Korean)"), width="large"),
            "name_en": st.column_config.TextColumn(_("Criterion (English)"), width="large"),
            "max_points": st.column_config.NumberColumn(
                _("Points"), min_value=0, max_value=1000, required=True
            ),
            "step": st.column_config.NumberColumn(_("Step"), min_value=0, default=0.5),
            "is_published": st.column_config.CheckboxColumn(_("Published"), default=True),
        },
        alt=_("Criteria and points"),
    )
    is_published = edited["is_published"].fillna(True).any()
    if not is_published and edited["max_points"].nunique() == 1:
        draw_text(weights_note(), "box")
    return edited


def _stage(code: object) -> str:
    return stage_name(str(code))


def _frame(criteria: tuple[Criterion, ...]) -> pd.DataFrame:
    rows = [
        (
            criterion.criterion_id,
            criterion.stage,
            criterion.name_ko,
            criterion.name_en,
            float(criterion.max_points),
            float(criterion.step),
            criterion.is_published,
        )
        for criterion in criteria
    ]
    kinds = {"max_points": "float64", "step": "float64", "is_published": "boolean"}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(
        dict.fromkeys(_COLUMNS, "object") | kinds
    )


def read_criteria(frame: pd.DataFrame) -> tuple[Criterion, ...]:
    """The rows as criteria; rows without stage or points are not finished, and left out.

    A name that is given in one language only stands for both.
    """
    taken = {str(name) for name in frame["id"].dropna() if name}
    found: list[Criterion] = []
    for row in frame.to_dict("records"):
        if pd.isna(row["stage"]) or pd.isna(row["max_points"]):
            continue
        korean, english = (_text(row[name]) for name in ("name_ko", "name_en"))
        found.append(
            Criterion(
                criterion_id=_text(row["id"]) or _free_id(taken),
                stage=row["stage"],
                name_ko=korean or english,
                name_en=english or korean,
                max_points=Decimal(str(row["max_points"])),
                step=Decimal("0.5") if pd.isna(row["step"]) else Decimal(str(row["step"])),
                is_published=True if pd.isna(row["is_published"]) else bool(row["is_published"]),
            )
        )
    return tuple(found)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _free_id(taken: set[str]) -> str:
    """The first id that no other line has or had."""
    number = 1
    while f"c{number}" in taken:
        number += 1
    taken.add(f"c{number}")
    return f"c{number}"
