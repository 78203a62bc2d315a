"""The table in which criteria are written, or taken over from the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.content.panel_rule import stage_name
from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.template import criteria_from_record
from dashboard.judging.texts import weights_note
from dashboard.judging.views import RoundRules, TemplateCriterion
from dashboard.render.screen.texts import draw_text
from dashboard.review.panel import Criterion
from dashboard.ui.record_in_view import record_in_view

_COLUMNS = ("id", "stage", "name_ko", "name_en", "max_points", "step", "is_published")
_STEP = Decimal("0.5")
_STAGES = ("document", "onsite", "presentation")


@dataclass(frozen=True)
class ReadCriteria:
    """What the table says: whole rows as criteria, and what is missing in the others."""

    criteria: tuple[Criterion, ...]
    faults: tuple[str, ...]
    """A sentence for every row that is no criterion yet, naming the row."""

    def require_whole(self) -> None:
        """Let pass a table whose every row is a criterion: none is left out without a word.

        Raises:
            JudgingRefused: naming every row in which something is missing.
        """
        if self.faults:
            raise JudgingRefused(
                "Rows of the criteria are not finished",
                " · ".join(self.faults),
                _("Fill in what is missing, or delete the rows. Nothing was saved."),
            )


def take_over_choice(prefix: str, programme: str, year: float) -> None:
    """Draw the choice among the programmes and years that have criteria, and the button."""
    rows = record_in_view().ask("review_criteria_years").rows
    words = {(row["programme_id"], row["year"]): _offered(row) for row in rows}
    if not words:
        return
    offered = list(words)
    wanted = (programme, int(year))
    same = [place for place, key in enumerate(offered) if key[0] == programme]
    place = offered.index(wanted) if wanted in words else next(iter(same), 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: tuple[str, int] = st.selectbox(
            _("Criteria of the record"),
            offered,
            index=place,
            format_func=lambda key: words[key],
            # Another programme or year of the round offers its own criteria first.
            key=f"{prefix}-template-{programme}-{int(year)}",
            width=620,
        )
        if st.button(_("Take over from the record"), key=f"{prefix}-take"):
            _take_over(prefix, *chosen)


def _offered(row: Mapping[str, Any]) -> str:
    """Programme, year, and how many criteria with how many published points."""
    counts = (
        _("{count} criteria, points published for {published}")
        if row["with_points"]
        else _("{count} criteria, points not published")
    )
    of = counts.format(count=row["criterion_count"], published=row["with_points"])
    return f"{label('programme', row['programme_id'])} · {row['year']} · {of}"


def _take_over(prefix: str, programme: str, year: int) -> None:
    """Put the criteria of a programme and year in the record into the table."""
    rows = record_in_view().ask("review_criteria", {"programme": programme, "year": year}).rows
    found = criteria_from_record(rows)
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
                _("Stage"), options=list(_STAGES), format_func=_stage
            ),
            "name_ko": st.column_config.TextColumn(_("Criterion (Korean)"), width="large"),
            "name_en": st.column_config.TextColumn(_("Criterion (English)"), width="large"),
            "max_points": st.column_config.NumberColumn(_("Points"), min_value=0, max_value=1000),
            "step": st.column_config.NumberColumn(_("Step"), min_value=0, default=0.5),
            "is_published": st.column_config.CheckboxColumn(_("Published"), default=True),
        },
        placeholder="–",
        alt=_("Criteria and points"),
    )
    is_published = edited["is_published"].fillna(True).any()
    if not is_published and edited["max_points"].nunique() == 1:
        draw_text(weights_note(), "box")
    return edited


def _stage(code: object) -> str:
    return stage_name(str(code))


def _frame(criteria: Sequence[Criterion | TemplateCriterion]) -> pd.DataFrame:
    rows = [
        (
            criterion.criterion_id,
            criterion.stage,
            criterion.name_ko,
            criterion.name_en,
            None if criterion.max_points is None else float(criterion.max_points),
            float(getattr(criterion, "step", _STEP)),
            criterion.is_published,
        )
        for criterion in criteria
    ]
    kinds = {"max_points": "float64", "step": "float64", "is_published": "boolean"}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(
        dict.fromkeys(_COLUMNS, "object") | kinds
    )


def read_criteria(frame: pd.DataFrame) -> ReadCriteria:
    """The rows as criteria, and a sentence for every row in which something is missing.

    A name that is given in one language only stands for both.
    """
    taken = {str(name) for name in frame["id"].dropna() if name}
    found: list[Criterion] = []
    faults: list[str] = []
    for place, row in enumerate(frame.to_dict("records"), 1):
        korean, english = (_text(row[name]) for name in ("name_ko", "name_en"))
        missing = {
            _("stage"): pd.isna(row["stage"]),
            _("name"): not (korean or english),
            _("points"): pd.isna(row["max_points"]),
        }
        if any(missing.values()):
            own = korean if language() == "ko" else english
            row_named = _("Row {place}").format(place=place)
            name = own or korean or english
            faults.append(
                _("{row}: missing: {missing}").format(
                    row=f"{row_named} ({name})" if name else row_named,
                    missing=", ".join(what for what, is_missing in missing.items() if is_missing),
                )
            )
            continue
        found.append(
            Criterion(
                criterion_id=_text(row["id"]) or _free_id(taken),
                stage=row["stage"],
                name_ko=korean or english,
                name_en=english or korean,
                max_points=Decimal(str(row["max_points"])),
                step=_STEP if pd.isna(row["step"]) else Decimal(str(row["step"])),
                is_published=True if pd.isna(row["is_published"]) else bool(row["is_published"]),
            )
        )
    return ReadCriteria(tuple(found), tuple(faults))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _free_id(taken: set[str]) -> str:
    """The first id that no other line has or had."""
    number = 1
    while f"c{number}" in taken:
        number += 1
    taken.add(f"c{number}")
    return f"c{number}"
