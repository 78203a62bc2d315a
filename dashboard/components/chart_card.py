"""A chart with its finding, its source note, and the way to the table behind it."""

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.components.evidence import build_note
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.store.answer import Answer

_CODED = ("region", "evidence", "unit", "status", "tier", "outcome", "agreement", "nationality")


def chart_card(chart: Chart, answer: Answer, key: str) -> None:
    """Draw a chart of an answer.

    Args:
        chart: the figure with its finding.
        answer: the answer it was drawn from; its rows are the table.
        key: unique name of the card on the page.
    """
    st.markdown(f"#### {chart.title}")
    st.plotly_chart(
        chart.figure, key=f"{key}-chart", alt=chart.alt, config={"displayModeBar": False}
    )
    data_note(answer, key)


def data_note(answer: Answer, key: str) -> None:
    """Which sources and build, the rows as a table, and the rows as a file."""
    count = len(answer.sources)
    st.caption(
        ngettext("From {count} source", "From {count} sources", count).format(count=count)
        + " · "
        + _("snapshot {snapshot}, build {build_id}").format(
            snapshot=answer.build.snapshot, build_id=answer.build.build_id
        )
    )
    with st.expander(_("Table behind this")):
        st.dataframe(readable_rows(answer), hide_index=True, key=f"{key}-table")
        st.download_button(
            _("Save as CSV"),
            data=answer.to_csv().encode("utf-8-sig"),
            file_name=f"{answer.question.name}-{answer.build.build_id}.csv",
            mime="text/csv",
            key=f"{key}-csv",
        )
        build_note(answer.build)


def readable_rows(answer: Answer) -> list[dict[str, object]]:
    """The rows with labels for codes and the reader's column names."""
    return [
        {label("column", name): _readable(name, row[name]) for name in answer.columns}
        for row in answer.rows
    ]


def _readable(name: str, value: object) -> object:
    if value is None:
        return None
    if name in _CODED:
        return label(name, value)
    return ", ".join(value) if isinstance(value, tuple) else value
