"""Regions side by side: every KPI of a year, and each difference as a sentence."""

from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import Catalogue, Metric
from dashboard.charts.region_trends import region_trends_chart
from dashboard.content.readings import change_words, reading_notes, value_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, number_text, percent_text, quantity_text
from dashboard.i18n.evidence import EVIDENCE_MARKS, doubts, key_to_signs
from dashboard.kpi import Reading, key_figures, read_metric
from dashboard.render.screen.html import draw
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note
from dashboard.ui.evidence import show_evidence
from dashboard.ui.filter_bar import View, url_choice

_HEADLINE = "foreign_patients"
_TIMES_FROM = 2
"""From here on, "3.4 times" reads better than "335 %"."""


@dataclass(frozen=True)
class Difference:
    """How far a region's value is from another's."""

    amount: float
    """In the metric's unit; percentage points for shares; places for ranks. Positive: above."""
    ratio: float | None
    """This value over the other; None where a ratio says nothing."""


def difference(mine: Reading, other: Reading) -> Difference | None:
    """The difference of two readings of a metric; None where they cannot be compared."""
    if mine.value is None or other.value is None or refusal(mine, other):
        return None
    has_ratio = mine.metric.unit not in ("pct", "rank") and mine.value > 0 and other.value > 0
    ratio = mine.value / other.value if has_ratio else None
    return Difference(mine.value - other.value, ratio)


def refusal(mine: Reading, other: Reading) -> str:
    """Why two values that are both there are not compared; empty where they are."""
    if mine.metric.question == "target":
        return _("not compared: targets were set on different grounds")
    if mine.metric.question == "nationality_count":
        return _("not compared: it counts which nationalities were published")
    if mine.is_lower_bound or other.is_lower_bound:
        return _("not compared: a part of a sum was never published")
    if (mine.row or {}).get("is_printed", False) != (other.row or {}).get("is_printed", False):
        return _("not compared: one share is printed, the other computed")
    return ""


def difference_sentence(mine: Reading, other: Reading) -> str:
    """The difference in words; empty unless both have a value."""
    if mine.value is None or other.value is None:
        return ""
    names = {"region": label("region", mine.region), "other": label("region", other.region)}
    found = difference(mine, other)
    if found is None:
        return refusal(mine, other)
    sentence = _sentence(mine, other, found, names)
    remarks = [label("evidence", status) for status in doubts((mine.evidence, other.evidence))]
    if not mine.metric.comparable:
        remarks.append(_("unlike coverage"))
    if not remarks:
        return sentence
    return _("{sentence}; includes: {remarks}").format(
        sentence=sentence, remarks=", ".join(remarks)
    )


def _sentence(mine: Reading, other: Reading, found: Difference, names: dict[str, str]) -> str:
    unit = mine.metric.unit
    if found.amount == 0:
        return _("{region}, {other}: equal").format(**names)
    if unit == "rank":
        count = number_text(abs(found.amount))
        return _("{region}, {other}: {count} places apart").format(**names, count=count)
    if unit == "pct":
        points = _("{points} pp").format(points=number_text(abs(found.amount), 1))
        pattern = (
            _("{region}: {points} above {other}")
            if found.amount > 0
            else _("{region}: {points} below {other}")
        )
        return pattern.format(**names, points=points)
    is_approximate = mine.is_approximate or other.is_approximate
    amount = quantity_text(abs(found.amount), unit, is_approximate)
    pattern = (
        _("{region}: {amount} more than {other}")
        if found.amount > 0
        else _("{region}: {amount} less than {other}")
    )
    sentence = pattern.format(**names, amount=amount)
    if found.ratio is None:
        return sentence
    if found.ratio >= _TIMES_FROM:
        ratio = _("{times} times").format(times=number_text(found.ratio, 1))
    else:
        share = percent_text(100 * found.ratio)
        ratio = _("{share} of {other}").format(share=share, other=names["other"])
    return f"{sentence} ({ratio})"


def comparison_headline(record: Record, catalogue: Catalogue, view: View) -> None:
    """Patients of each region, and the first difference in words."""
    readings = [
        read_metric(record, catalogue[_HEADLINE], region, view.year) for region in view.regions
    ]
    values = ", ".join(
        f"{label('region', reading.region)} {value_text(reading)}" for reading in readings
    )
    sentence = _("Foreign patients {year}: {values}").format(year=view.year, values=values)
    differences = [
        said for other in readings[1:2] if (said := difference_sentence(readings[0], other))
    ]
    st.markdown("# " + ". ".join([sentence, *differences]))
    if len(readings) == 1:
        st.info(_("Choose a second region to compare with."))
    if view.is_default_year and view.has_figures:
        has_all = all(reading.value is not None for reading in readings)
        shown = view.regions if has_all else view.regions[:1]
        remark = _("{year} is the latest year with patient figures for {region}.").format(
            year=view.year, region="·".join(label("region", code) for code in shown)
        )
        if not has_all:
            remark += " " + _("No year has patient figures for all of these regions.")
        st.caption(remark)


def comparison_table(record: Record, metrics: tuple[Metric, ...], view: View) -> None:
    """Every KPI of the year in a row, the regions in columns, then what sets them apart."""
    st.markdown("## " + _("Key figures of {year}").format(year=view.year))
    st.caption(key_to_signs())
    rows = [_row(record, metric, view) for metric in metrics]
    draw(
        "comparison.html",
        caption=_("Key figures by region, and their differences from {region}").format(
            region=label("region", view.region)
        ),
        regions=[label("region", region) for region in view.regions],
        rows=rows,
    )
    readings = [
        read_metric(record, metric, region, view.year)
        for metric in metrics
        for region in view.regions
    ]
    data_note(key_figures(readings), "key-figures")
    st.caption(
        _(
            "Differences only where both regions have a figure. Which value is better is not "
            "judged. Counts of events rest on what the press and city pages report, which differs "
            "by region."
        )
    )


def _row(record: Record, metric: Metric, view: View) -> dict[str, object]:
    readings = [read_metric(record, metric, region, view.year) for region in view.regions]
    texts = [metric.definition, metric.caveat]
    return {
        "name": metric.name.in_language(language()),
        "meaning": [text.in_language(language()) for text in texts if text],
        "cells": [_cell(record, reading) for reading in readings],
        "differences": [
            said for other in readings[1:] if (said := difference_sentence(readings[0], other))
        ],
    }


def _cell(record: Record, reading: Reading) -> dict[str, object]:
    change = change_words(reading)
    return {
        "value": value_text(reading),
        "missing": reading.value is None,
        "mark": EVIDENCE_MARKS[reading.evidence],
        "evidence": label("evidence", reading.evidence),
        "change": f"{change['arrow']} {change['change']} {change['versus']}".strip(),
        "notes": reading_notes(record, reading),
    }


def comparison_trend(record: Record, metrics: tuple[Metric, ...], view: View) -> None:
    """The trend of a chosen KPI for all regions, and the way to its evidence."""
    figures = {
        metric.id: metric
        for metric in metrics
        if metric.question == "figure" and metric.column == "value" and metric.unit != "rank"
    }
    st.markdown("## " + _("Over the years"))
    chosen = url_choice(
        "metric",
        _("Metric"),
        list(figures),
        _HEADLINE,
        lambda metric_id: figures[metric_id].name.in_language(language()),
        width=400,
    )
    metric = figures[chosen]
    answer = record.ask(
        "trend",
        {
            "metric": metric.params["metric"],
            "region": view.region,
            "compare": view.compare,
            "third": view.third,
        },
    )
    name = metric.name.in_language(language())
    chart_card(region_trends_chart(name, answer.rows, view.year), answer, "compare-trend")
    if not metric.comparable:
        st.caption(
            _("What was recorded differs from year to year and region to region: read with care.")
        )
    with st.container(horizontal=True):
        for region in view.regions:
            reading = read_metric(record, metric, region, view.year)
            evidence = _("Evidence: {region} {year}").format(
                region=label("region", region), year=view.year
            )
            text = f"{EVIDENCE_MARKS[reading.evidence]} {evidence}"
            if st.button(text, key=f"evidence-{region}", help=_("Definition, claims and sources")):
                show_evidence(record, reading)
