"""Regions by years, each cell marked by how well its figure is supported."""

import pandas as pd
import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.evidence import EVIDENCE_MARKS, key_to_signs
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.evidence import show_claims


def coverage_matrix(record: Record, metric: str, name: str) -> None:
    """Draw the matrix of a metric; choosing a cell opens its claims."""
    answer = record.ask("coverage", {"metric": metric})
    with st.container(key="cr-chart-coverage"):
        st.markdown("### " + _finding(answer, name))
    st.caption(key_to_signs() + " · " + _("× only left-out claims"))
    matrix = _matrix(answer)
    state = st.dataframe(
        matrix,
        key=f"coverage-{metric}",
        on_select="rerun",
        selection_mode="single-cell",
        height="content",
        alt=_finding(answer, name),
        column_config={
            "_index": st.column_config.TextColumn(width=110),
            **{year: st.column_config.TextColumn(width=52) for year in matrix.columns},
        },
    )
    chosen = state["selection"]["cells"]
    if chosen and st.session_state.get("coverage-shown") != chosen[0]:
        st.session_state["coverage-shown"] = chosen[0]
        place, year = chosen[0]
        regions = list(dict.fromkeys(row["region"] for row in answer.rows))
        if str(year).isdigit():
            show_claims(record, metric, name, regions[place], int(year))
    st.caption(_("Choose a cell to see every claim about it."))


def _matrix(answer: Answer) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "region": [label("region", row["region"]) for row in answer.rows],
            "year": [str(row["year"]) for row in answer.rows],
            "mark": [_mark(row["evidence"], row["left_out_count"]) for row in answer.rows],
        }
    )
    matrix = frame.pivot_table(
        index="region", columns="year", values="mark", aggfunc="first", sort=False
    )
    matrix.index.name = label("column", "region")
    return matrix


def _mark(evidence: str, left_out_count: int) -> str:
    return "×" if evidence == "no data" and left_out_count else EVIDENCE_MARKS[evidence]


def _finding(answer: Answer, name: str) -> str:
    alone = [row for row in answer.rows if row["region"] != "KR"]
    known = [row for row in alone if row["evidence"] != "no data"]
    settled = [row for row in known if row["evidence"] == "settled"]
    return _("{name}: figures for {known} of {all} region-years, {settled} of them settled").format(
        name=name, known=len(known), all=len(alone), settled=len(settled)
    )
