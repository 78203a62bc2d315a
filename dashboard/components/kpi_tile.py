"""A KPI tile: name, value, change, target, sparkline, and the badge that opens its evidence."""

from collections.abc import Iterable

import streamlit as st

from dashboard.catalogue import Metric
from dashboard.charts.sparkline import sparkline
from dashboard.components.chart_card import data_note
from dashboard.components.evidence import EVIDENCE_MARKS, show_evidence
from dashboard.components.filter_bar import View
from dashboard.components.html import draw
from dashboard.components.known_instead import known_sentences
from dashboard.i18n import gettext as _
from dashboard.i18n import (
    label,
    language,
    ngettext,
    percent_text,
    points_text,
    quantity_text,
)
from dashboard.kpi import Reading, key_figures, read_metric
from dashboard.store.ask import Record

_PER_CENT_UNITS = frozenset({"persons", "krw", "krw_per_person"})
"""Per cent of a handful of events or centres would say more than they do."""


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
            **_target(reading),
            notes=reading_notes(record, reading),
            compared=_compared(compared),
            spark=spark,
            spark_alt=spark_alt,
        )
        if st.button(
            _badge(reading),
            key=f"evidence-{metric.id}",
            type="tertiary",
        ):
            show_evidence(record, reading)


def value_text(reading: Reading) -> str:
    """The value as the tile prints it."""
    return quantity_text(reading.value, reading.metric.unit, reading.is_approximate)


def _badge(reading: Reading) -> str:
    text = f"{EVIDENCE_MARKS[reading.evidence]} {label('evidence', reading.evidence)}"
    if reading.printed_by:
        printed = ngettext("printed by {count}", "printed by {count}", reading.printed_by).format(
            count=reading.printed_by
        )
        return f"{text} · {printed}"
    return text


def change_words(reading: Reading) -> dict[str, str]:
    """Change on the year in words: arrow by rise or fall, mood by what the metric calls good."""
    change = reading.change
    if change is None or reading.metric.unit == "rank":
        return {"change": "", "arrow": "", "mood": "even", "versus": ""}
    if change == 0:
        text = _("unchanged")
    elif reading.metric.unit == "pct":
        text = points_text(change)
    else:
        text = quantity_text(abs(change), reading.metric.unit)
        if reading.change_pct is not None and reading.metric.unit in _PER_CENT_UNITS:
            text += f" ({percent_text(reading.change_pct, signed=True)})"
    rising = {"up": "good", "down": "bad", "none": "even"}[reading.metric.direction]
    falling = {"up": "bad", "down": "good", "none": "even"}[reading.metric.direction]
    return {
        "change": text,
        "arrow": "▲" if change > 0 else "▼" if change < 0 else "■",
        "mood": rising if change > 0 else falling if change < 0 else "even",
        "versus": _("on {year}").format(year=reading.previous_year),
    }


def _target(reading: Reading) -> dict[str, object]:
    if reading.target is None or not reading.target:
        return {"target": "", "attainment": 0}
    target = quantity_text(reading.target, reading.metric.unit)
    if reading.value is None:
        return {"target": _("Target {target}").format(target=target), "attainment": 0}
    attained = 100 * reading.value / reading.target
    text = _("Target {target}: {attained} reached").format(
        target=target, attained=percent_text(attained)
    )
    return {"target": text, "attainment": min(attained, 100)}


def reading_notes(record: Record, reading: Reading) -> list[str]:
    """What has to be said on the tile itself, not only behind its badge."""
    row = reading.row or {}
    if reading.value is None:
        return _known_instead(record, reading)
    if row.get("is_printed"):
        return [_("as printed by sources, not computed")]
    if reading.metric.question == "ranking":
        return [
            _("of {of_count} regions with figures; {best} to {worst} among all {all}").format(
                of_count=row["of_count"],
                best=row["rank_best"],
                worst=row["rank_worst"],
                all=row["region_count"],
            )
        ]
    if reading.metric.unit == "rank" and reading.previous_year:
        previous = quantity_text(row["previous_value"], "rank")
        return [_("{year}: {value}").format(year=reading.previous_year, value=previous)]
    notes = []
    printed = row.get("printed_change_pct")
    if printed is not None and reading.change is None:
        change = percent_text(printed, signed=True)
        notes.append(_("Change on the year as printed: {change}").format(change=change))
    count = row.get("dissent_count") or 0
    if count:
        sentence = ngettext("{count} claim differs", "{count} claims differ", count)
        notes.append(sentence.format(count=count))
    if (row.get("item_count") or 1) > 1:
        notes.append(_("sum of {count} items").format(count=row["item_count"]))
    return notes


def _known_instead(record: Record, reading: Reading) -> list[str]:
    """For patients without a settled figure: what else is known, in place of an invented point."""
    if reading.metric.id != "foreign_patients":
        return []
    asked: dict[str, object] = {"region": reading.region, "year": reading.year}
    return known_sentences(record.ask("known_instead", asked))


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
    alt = ", ".join(
        f"{row['year']} {quantity_text(row['value'], reading.metric.unit)}" for row in known
    )
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
