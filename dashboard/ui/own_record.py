"""Funding lines that cities handed in of their own. Without any, nothing is drawn."""

from typing import Any

import streamlit as st

from dashboard.i18n import (
    figure_text,
    label,
    language,
    ngettext,
    number_text,
    percent_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note


def funding_lines_section(record: Record, region: str | None) -> None:
    """Budget and spending as sources print them or cities handed them in, one line each."""
    lines = record.ask("funding_lines", {"region": region})
    if not lines.rows:
        return
    st.markdown("## " + _("Budgets and spending"))
    st.caption(
        _(
            "As printed by sources or handed in by cities. Lines are never added: several sources "
            "print one sum, a whole stands beside its parts, and grants are among the awards too."
        )
    )
    rows = [
        {
            "region": "·".join(label("region", code) for code in row["regions"]),
            "year": f"{row['year']}–{row['year_end']}" if row["year_end"] else row["year"],
            "programme": _programme(row),
            "item": row["item"] or "",
            "note": record_text(row["note"]),
            "money_source": label("money_source", row["money_source"]),
            "payer": record_text(row["payer"]),
            "budgeted": figure_text(row, "budgeted_krw", "krw"),
            "executed": figure_text(row, "executed_krw", "krw"),
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


def _programme(row: dict[str, Any]) -> str:
    """In the words of the source where the reader's language is Korean and it prints them."""
    printed = row["programme_ko"] if language() == "ko" else None
    return str(printed or record_text(row["programme"]))
