"""A KPI tile: name, value, change, target, sparkline, and the badge that opens its evidence."""

from collections.abc import Iterable

import streamlit as st

from dashboard.catalogue import Metric
from dashboard.charts.sparkline import sparkline
from dashboard.content.readings import (
    change_words,
    evidence_words,
    reading_notes,
    target_words,
    value_text,
)
from dashboard.i18n import figure_text, label, language
from dashboard.kpi import Reading, key_figures, read_metric
from dashboard.render.screen.html import draw
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note
from dashboard.ui.evidence import show_evidence
from dashboard.ui.filter_bar import View


def kpi_tile(record: Record, reading: Reading, compared: Reading | None) -> None:
    """Draw the tile of a reading, beside it the same metric of another region."""
    metric = reading.metric
    spark, spark_alt = _sparkline(record, reading)
    with st.container(border=True, key=f"cr-tile-{metric.id}", width=248):
        draw(
            "tile.html",
            name=metric.name.in_language(language()),
            value=value_text(reading),
            missing=reading.value is None,
            **change_words(reading),
            **target_words(reading),
            notes=reading_notes(record, reading),
            compared=_compared(compared),
            spark=spark,
            spark_alt=spark_alt,
        )
        if st.button(
            evidence_words(reading),
            key=f"evidence-{metric.id}",
            type="tertiary",
        ):
            show_evidence(record, reading)


def _compared(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return f"{label('region', reading.region)} {value_text(reading)}"


def _sparkline(record: Record, reading: Reading) -> tuple[str, str]:
    """The metric up to the year as an image and in words, for metrics that are figures."""
    if reading.metric.question != "figure" or reading.metric.unit == "rank":
        return "", ""
    asked: dict[str, object] = {
        "metric": reading.metric.params["metric"],
        "region": reading.region,
    }
    rows = [row for row in record.ask("trend", asked).rows if row["year"] <= reading.year]
    known = [row for row in rows if row["value"] is not None]
    if len(known) < 2:
        return "", ""
    alt = ", ".join(f"{row['year']} {figure_text(row)}" for row in known)
    return sparkline([row["value"] for row in rows]), alt


def kpi_tiles(record: Record, metrics: Iterable[Metric], view: View) -> None:
    """The tiles of metrics for a region and year, each beside the compared region's value."""
    shown = []
    with st.container(horizontal=True, key="cr-tiles", gap="small"):
        for metric in metrics:
            reading = read_metric(record, metric, view.region, view.year)
            other = read_metric(record, metric, view.compare, view.year) if view.compare else None
            kpi_tile(record, reading, other)
            shown += [reading] if other is None else [reading, other]
    data_note(key_figures(shown), "key-figures")
