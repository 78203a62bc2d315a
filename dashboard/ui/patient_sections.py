"""The sections of the patients page."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.charts.care import department_chart, institution_chart
from dashboard.charts.nationality import (
    change_chart,
    concentration_chart,
    concentration_finding,
    mix_chart,
)
from dashboard.charts.recovery import recovery_chart
from dashboard.charts.trend import trend_chart
from dashboard.content.findings import nationality_years_finding, patients_sentence
from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    language,
    number_text,
    percent_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import (
    EVIDENCE_MARKS,
    approximated,
    key_to_signs,
    sign,
    signed,
)
from dashboard.i18n.figures import is_rounded
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.settings import settings
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note
from dashboard.ui.known_instead import known_box
from dashboard.ui.patient_filters import PatientView

_PATIENTS = "foreign_patients"
_DEPARTMENT_TOTAL = "foreign_patients_dept_total"
_PER_PATIENT = "spending_per_patient_krw"
_BEFORE_PANDEMIC = 2019
_STEPS = 4
"""How many shades the table of years has."""

Row = dict[str, Any]
Rows = Sequence[Row]


def patient_headline(record: Record, chosen: PatientView) -> None:
    """The page's finding, and what is known where there is no figure."""
    view = chosen.view
    figure = record.ask("figure", {"metric": _PATIENTS, **chosen.here}).first
    mix = record.ask("patients_by_nationality", chosen.here).rows
    rates = record.ask("printed_rates", chosen.here).rows
    heading(patients_sentence(view.region, view.year, figure, mix, rates), 1)
    region = label("region", view.region)
    if not view.has_figures:
        st.caption(
            _("The record has no patient figures for {region} in any year.").format(region=region)
        )
    elif view.is_default_year:
        st.caption(
            _("{year} is the latest year with patient figures for {region}.").format(
                year=view.year, region=region
            )
        )
    known_box(record.ask("known_instead", chosen.here))


def years_section(record: Record, region: str) -> None:
    """The trend, and the recovery against the year before the pandemic."""
    catalogue = read_catalogue(settings().queries)
    st.markdown("## " + _("Over the years"))
    left, right = st.columns(2, gap="large")
    with left:
        trend = record.ask("trend", {"metric": _PATIENTS, "region": region})
        chart = trend_chart(catalogue[_PATIENTS].name.in_language(language()), region, trend.rows)
        if any(row["value"] is not None for row in trend.rows):
            chart_card(chart, trend, "trend")
        else:
            st.info(chart.title)
    with right:
        back = record.ask("recovery", {"region": region, "base": _BEFORE_PANDEMIC})
        chart_card(recovery_chart(region, _BEFORE_PANDEMIC, back.rows), back, "recovery")
    st.caption(_("Hollow marks and bars: approximate, contested, provisional or self-reported."))


def nationality_section(record: Record, chosen: PatientView) -> None:
    """The mix of the year, and what each nationality added to the change."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("## " + _("By nationality in {year}").format(year=chosen.view.year))
        _mix(record, chosen)
    with right:
        if chosen.base is None:
            st.markdown("## " + _("What drove the change"))
            st.info(_("There is no earlier year to count from: registration began in 2009."))
        else:
            st.markdown(
                "## "
                + _("What drove the change from {base} to {year}").format(
                    base=chosen.base, year=chosen.view.year
                )
            )
            _change(record, chosen, chosen.base)


def _mix(record: Record, chosen: PatientView) -> None:
    answer = record.ask("patients_by_nationality", chosen.here)
    if all(row["part"] == "rest" for row in answer.rows):
        sentence = _("No nationality of {region} was published in persons for {year}.").format(
            region=label("region", chosen.view.region), year=chosen.view.year
        )
        years = _years_with_nationalities(record, chosen.view.region)
        if years:
            sentence += " " + _("There are figures for {years}.").format(years=years)
        st.info(sentence)
        return
    chart_card(mix_chart(chosen.view.region, chosen.view.year, answer.rows), answer, "mix")
    st.caption(
        _(
            "Other or unpublished = total - published nationalities. A group that cannot be split "
            "is striped; a member of it is shown and not counted again."
        )
    )


def _years_with_nationalities(record: Record, region: str) -> str:
    rows = record.ask("nationality_years", {"region": region}).rows
    return ", ".join(map(str, sorted({row["year"] for row in rows if row["value"] is not None})))


def _change(record: Record, chosen: PatientView, base: int) -> None:
    answer = record.ask("patients_change_by_nationality", {**chosen.here, "base": base})
    if not answer.rows:
        st.info(
            _(
                "The change of {region} from {base} to {year} cannot be divided: there are no "
                "figures of both years."
            ).format(region=label("region", chosen.view.region), base=base, year=chosen.view.year)
        )
        return
    chart = change_chart(chosen.view.region, chosen.view.year, base, answer.rows)
    chart_card(chart, answer, "change")
    st.caption(
        _(
            "Persons, and percentage points of the base year's total; the parts add up to the "
            "total. A nationality published for one of the two years only is in the rest."
        )
    )


def nationality_years_section(record: Record, chosen: PatientView) -> None:
    """Nationalities by years as a table, shaded by each nationality's own highest year."""
    region = chosen.view.region
    answer = record.ask("nationality_years", {"region": region})
    st.markdown("## " + _("Nationalities over the years"))
    if not answer.rows:
        st.info(
            _("No nationality of {region} was published in persons for any year.").format(
                region=label("region", region)
            )
        )
        return
    nations: dict[str, list[Row]] = {}
    for row in answer.rows:
        nations.setdefault(row["nationality"], []).append(row)
    finding = nationality_years_finding(region, answer.rows)
    years = sorted({row["year"] for row in answer.rows})
    with st.container(key="cr-chart-nationality-years"):
        heading(finding, 3)
    draw(
        "nationality_years.html",
        caption=finding,
        years=years,
        chosen=chosen.view.year,
        rows=[
            {"name": country_text(code), "cells": [_cell(row) for row in rows]}
            for code, rows in nations.items()
        ],
    )
    said = _("Persons. The fuller the shade, the nearer to the nationality's highest year")
    seen = (row["evidence"] for row in answer.rows if sign(row["evidence"]))
    st.caption(" · ".join((said, key_to_signs([*seen, "no data"]))))
    data_note(answer, "nationality-years")


def _cell(row: Row) -> dict[str, object]:
    """A cell says what vouches for its value by a sign; its shade is one of `_STEPS`."""
    if row["value"] is None:
        text = EVIDENCE_MARKS["no data"]
        return {"text": text, "step": "none", "title": label("evidence", "no data")}
    step = min(_STEPS, 1 + int(row["of_peak_pct"] * _STEPS / 100)) if row["of_peak_pct"] else 1
    persons = figure_text(row, unit="persons")
    title = f"{row['year']}: {persons} ({label('evidence', row['evidence'])})"
    number = approximated(number_text(row["value"]), is_rounded(row))
    return {"text": signed(number, row["evidence"]), "step": step, "title": title}


def concentration_section(record: Record, chosen: PatientView) -> None:
    """What the three greatest nationalities hold; the reason where that cannot be said."""
    answer = record.ask("nationality_concentration", chosen.here)
    region, year = chosen.view.region, chosen.view.year
    st.markdown("## " + _("Concentration"))
    if sum(row["share_pct"] is not None for row in answer.rows) > 1:
        chart = concentration_chart(region, year, answer.rows, *_published(record, region, year))
        chart_card(chart, answer, "concentration")
        st.caption(
            _(
                "Filled: what the three nationalities named for the year hold. Striped: what the "
                "greatest three could hold at most, if all patients without a published "
                "nationality came from one country."
            )
        )
        return
    with st.container(key="cr-chart-concentration"):
        heading(_concentration(record, region, year, answer.rows), 3)
    for row in answer.rows:
        if row["share_pct"] is not None and row["year"] != year:
            st.markdown(_concentration(record, region, row["year"], answer.rows))
    data_note(answer, "concentration")


def _concentration(record: Record, region: str, year: int, rows: Rows) -> str:
    return concentration_finding(region, year, rows, *_published(record, region, year))


def _published(record: Record, region: str, year: int) -> tuple[Rows, Rows]:
    """Nationalities with a figure in a year, and those with a share alone."""
    here = {"region": region, "year": year}
    return record.ask("patients_by_nationality", here).rows, record.ask("printed_rates", here).rows


def printed_rates_section(record: Record, chosen: PatientView) -> None:
    """Shares and growth that were published without the persons behind them."""
    answer = record.ask("printed_rates", chosen.here)
    st.markdown("## " + _("Published in per cent only"))
    if not answer.rows:
        st.info(
            _("{region} {year}: no share or change is known only in per cent.").format(
                region=label("region", chosen.view.region), year=chosen.view.year
            )
        )
        return
    shares = sum(row["share_pct"] is not None for row in answer.rows)
    growths = sum(row["growth_pct"] is not None for row in answer.rows)
    finding = _(
        "{region} {year}: printed without persons: shares {shares}, changes {growths}"
    ).format(
        region=label("region", chosen.view.region),
        year=chosen.view.year,
        shares=shares,
        growths=growths,
    )
    with st.container(key="cr-chart-printed-rates"):
        heading(finding, 3)
    draw("printed_rates.html", caption=finding, rows=[_rates(row) for row in answer.rows])
    if shares:
        _caveat("share_pct")
    if growths:
        _caveat("growth_pct")
    data_note(answer, "printed-rates")


def _rates(row: Row) -> Row:
    name = (
        country_text(row["nationality"])
        or label("department", row["department"])
        or label("institution_class", row["institution_class"])
    )
    notes = dict.fromkeys(record_text(row[note]) for note in ("share_note", "growth_note"))
    return {
        "breakdown": row["breakdown"],
        "name": name,
        "period": row["period"],
        "share": _rate(row, "share", signed=False),
        "growth": _rate(row, "growth", signed=True),
        "note": " · ".join(note for note in notes if note),
    }


def _rate(row: Row, rate: str, *, signed: bool) -> dict[str, str]:
    """A rate with as many decimals as were printed, and its evidence."""
    value, evidence, text = row[f"{rate}_pct"], row[f"{rate}_evidence"], ""
    if value is not None:
        digits = 0 if float(value).is_integer() else 1
        text = approximated(percent_text(value, digits, signed), row[f"is_{rate}_approximate"])
    return {
        "text": text,
        "evidence": evidence,
        "mark": EVIDENCE_MARKS[evidence],
    }


def care_section(record: Record, chosen: PatientView) -> None:
    """Departments and classes of institutions, as far as they were published."""
    region, year = chosen.view.region, chosen.view.year
    st.markdown("## " + _("Departments and institutions in {year}").format(year=year))
    left, right = st.columns(2, gap="large")
    with left:
        departments = record.ask("department_mix", chosen.here)
        if departments.rows:
            chart = department_chart(region, year, departments.rows)
            chart_card(chart, departments, "departments")
            st.caption(_department_note(record, chosen))
        else:
            _nothing(_("No departments of {region} were published for {year}."), chosen)
    with right:
        classes = record.ask("institution_mix", chosen.here)
        if classes.rows:
            chart = institution_chart(region, year, classes.rows)
            chart_card(chart, classes, "institutions")
            st.caption(
                _(
                    "Striped classes contain others: they overlap, and are not added or compared "
                    "with them. Printed shares are of the whole the source means."
                )
            )
        else:
            _nothing(_("No classes of institutions of {region} were published for {year}."), chosen)


def _nothing(sentence: str, chosen: PatientView) -> None:
    st.info(sentence.format(region=label("region", chosen.view.region), year=chosen.view.year))


def _department_note(record: Record, chosen: PatientView) -> str:
    """Why departments are not added up, with the printed sum where there is one."""
    note = _(
        "One patient may count in several departments: the counts exceed the patients and are not "
        "added up. Printed shares are mostly of department counts."
    )
    printed = record.ask("figure", {"metric": _DEPARTMENT_TOTAL, **chosen.here}).first
    patients = record.ask("figure", {"metric": _PATIENTS, **chosen.here}).first
    if printed["value"] is None or patients["value"] is None:
        return note
    return (
        note
        + " "
        + _("In {year} the departments sum to {sum} for {patients}.").format(
            year=chosen.view.year,
            sum=figure_text(printed, unit="persons"),
            patients=figure_text(patients, unit="persons"),
        )
    )


def spending_section(record: Record, region: str) -> None:
    """Printed revenue per patient: one series of one method, where the region has it."""
    answer: Answer = record.ask("trend", {"metric": _PER_PATIENT, "region": region})
    metric = read_catalogue(settings().queries)[_PER_PATIENT]
    name = metric.name.in_language(language())
    heading(name, 2)
    if any(row["value"] is not None for row in answer.rows):
        left, right = st.columns(2, gap="large")
        with left:
            chart_card(trend_chart(name, region, answer.rows), answer, "spending")
        with right:
            st.markdown(metric.definition.in_language(language()))
            _caveat(_PER_PATIENT)
    else:
        st.info(
            _("The record has no figure of this kind for {region}.").format(
                region=label("region", region)
            )
        )


def _caveat(metric_id: str) -> None:
    caveat = read_catalogue(settings().queries)[metric_id].caveat
    if caveat is not None:
        st.caption(caveat.in_language(language()))
