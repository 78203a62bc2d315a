"""What a city handed in of its own: visits and funding lines. Without any, nothing is drawn."""

import streamlit as st

from dashboard.charts.visits import visit_countries_chart, visits_chart
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, number_text, percent_text, quantity_text
from dashboard.render.screen.html import draw
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note


def visits_section(record: Record, region: str) -> None:
    """Visits by month, and of the latest year by nationality, with what is withheld."""
    months = record.ask("visits_by_month", {"region": region})
    if not months.rows:
        return
    st.markdown("## " + _("Own record: visits handed in by the city"))
    st.caption(
        _(
            "Not published statistics. Visits count every visit, patients count once: the two are "
            "not compared. Counts under {threshold} are withheld, and where a total would give one "
            "away, the next smallest with it."
        ).format(threshold=settings().small_count_threshold)
    )
    year = months.rows[-1]["year"]
    countries = record.ask("visits_by_nationality", {"region": region, "year": year})
    left, right = st.columns(2, gap="large")
    with left:
        chart_card(visits_chart(region, months.rows), months, "visits")
    with right:
        chart_card(
            visit_countries_chart(region, year, countries.rows), countries, "visit-countries"
        )


def funding_lines_section(record: Record, region: str | None) -> None:
    """Budget and spending as cities handed them in, one line an item."""
    lines = record.ask("funding_lines", {"region": region})
    if not lines.rows:
        return
    st.markdown("## " + _("Own record: budgets and spending handed in by cities"))
    rows = [
        {
            "region": label("region", row["region"]),
            "year": row["year"],
            "programme": row["programme"],
            "item": row["item"],
            "money_source": label("money_source", row["money_source"]),
            "budgeted": _money(row["budgeted_krw"]),
            "executed": _money(row["executed_krw"]),
            "executed_pct": ""
            if row["executed_pct"] is None
            else percent_text(row["executed_pct"]),
        }
        for row in lines.rows
    ]
    count = len(rows)
    caption = ngettext("{count} line", "{count} lines", count).format(count=number_text(count))
    draw("funding_lines.html", rows=rows, caption=caption)
    data_note(lines, "funding-lines")


def _money(value: float | None) -> str:
    return label("evidence", "no data") if value is None else quantity_text(value, "krw")
