"""The filters, the finding and the sections of the funding page."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts.awards import awards_chart, money_text
from dashboard.charts.funding import (
    beside_chart,
    cumulative_chart,
    matched_chart,
    ministries_chart,
    selection_chart,
    span_of_years,
)
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, record_text
from dashboard.render.screen.markdown import heading
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card
from dashboard.ui.filter_bar import DEFAULT_REGION, url_choice

ALL = "all"
NATION = "KR"
"""Stands for all regions here, so that the region chosen on another page stays the region."""


@dataclass(frozen=True)
class FundingView:
    """What the reader chose to look at; None is all of them."""

    region: str | None
    ministry: str | None
    programme: str | None

    @property
    def asked(self) -> dict[str, object]:
        """The parameters that questions about funding share."""
        return {"region": self.region, "ministry": self.ministry, "programme": self.programme}

    @property
    def region_name(self) -> str:
        """The region's name, or the words for all."""
        return label("region", self.region) if self.region else _("All regions")


def funding_filters(record: Record) -> FundingView:
    """Draw region, ministry and programme, and read them from the URL."""
    regions = [row["region"] for row in record.ask("regions").rows]
    programmes = record.ask("funding_programmes").rows
    ministries = list(dict.fromkeys(row["ministry"] for row in programmes))
    with st.container(horizontal=True, key="cr-filters", vertical_alignment="bottom"):
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, _region_name)
        ministry = url_choice(
            "ministry",
            _("Ministry"),
            [ALL, *ministries],
            ALL,
            partial(_name_in, "ministry"),
            width=300,
        )
        ids = [row["programme_id"] for row in programmes if ministry in (ALL, row["ministry"])]
        programme = url_choice(
            "programme", _("Programme"), [ALL, *ids], ALL, partial(_name_in, "programme"), width=360
        )
    return FundingView(
        region=None if region == NATION else region,
        ministry=None if ministry == ALL else ministry,
        programme=None if programme == ALL else programme,
    )


def _region_name(code: str) -> str:
    return _("All regions") if code == NATION else label("region", code)


def _name_in(code_list: str, code: str) -> str:
    return _("all") if code == ALL else label(code_list, code)


def funding_headline(view: FundingView, answer: Answer) -> None:
    """Awards, those with an amount, and their sums; or that the record has nothing.

    Args:
        view: what the reader looks at.
        answer: answer to `funding_summary`.
    """
    row = answer.first
    heading(_sentence(view, row), 1)
    remarks = [
        _(
            "Amounts are per year; of a term of several years only the first counts. An amount "
            "that was not published is unknown, not 0, so a sum with such a gap is a lower bound."
        )
    ]
    if row["joint_count"]:
        remarks.append(_("A joint award stays with its group of regions and is never split."))
    if row["contested_count"]:
        remarks.append(
            _("Where two amounts contradict each other, only the settled one is counted.")
        )
    if row["selected_count"]:
        st.caption(" ".join(remarks))


def _sentence(view: FundingView, row: dict[str, Any]) -> str:
    if not row["selected_count"]:
        if row["not_selected_count"] or row["call_count"]:
            return _("{region}: no award with a named winner in the record").format(
                region=view.region_name
            )
        return _("{region}: the record has no result in a support programme").format(
            region=view.region_name
        )
    first, last = row["first_year"], row["last_year"]
    parts = [
        ngettext(
            "{region} {years}: {count} award",
            "{region} {years}: {count} awards",
            row["selected_count"],
        ).format(
            region=view.region_name,
            years=span_of_years(first, last),
            count=row["selected_count"],
        ),
        _("amount published for {count}").format(count=row["known_count"]),
    ]
    if row["alone_krw"] is not None:
        amount = money_text(row, "alone_krw", "alone_")
        parts.append(_("together {amount}").format(amount=amount))
    if row["joint_krw"] is not None:
        parts.append(
            _("and {amount} jointly").format(amount=money_text(row, "joint_krw", "joint_"))
        )
    return ", ".join(parts)


def awards_section(record: Record, view: FundingView) -> None:
    """Every award by programme, year and region."""
    answer = record.ask("funding_awards", view.asked)
    st.markdown("## " + _("Grants by programme, year and region"))
    if not answer.rows:
        _nothing()
        return
    chart_card(awards_chart(answer.rows, view.region), answer, "funding-awards")
    st.caption(
        _("Circle: {mcst} · square: {mohw} · diamond: others").format(
            mcst=label("ministry", "MCST"), mohw=label("ministry", "MOHW")
        )
        + " · "
        + _("dotted line: announced further years of the term, not counted")
    )
    _contradictions(answer)


def _contradictions(answer: Answer) -> None:
    """Say in words which amounts contradict each other and which one counts."""
    for row in answer.rows:
        if row["grant_krw"] is None or row["is_settled"]:
            continue
        # Of contradicting amounts, the settling rule has always chosen one.
        counted = [
            other
            for other in answer.rows
            if other["is_settled"]
            and (other["year"], other["region"], other["programme_id"], other["area"])
            == (row["year"], row["region"], row["programme_id"], row["area"])
        ]
        st.info(
            _(
                "{year} {region}: {amount} and {other} are both printed. {amount} is counted by "
                "the settling rule; the two are never added."
            ).format(
                year=row["year"],
                region=label("region", row["region"]),
                amount=money_text(counted[0]),
                other=money_text(row),
            )
        )


def money_section(record: Record, view: FundingView) -> None:
    """National beside matched money, and sums by region and programme line."""
    st.markdown("## " + _("National and matched funds"))
    matched = record.ask("funding_matched", view.asked)
    cumulative = record.ask("funding_cumulative", view.asked)
    # All regions together make a long chart, which needs the width.
    left, right = st.columns(2, gap="large") if view.region else (st.container(), st.container())
    with left:
        if matched.rows:
            chart_card(matched_chart(matched.rows), matched, "funding-matched")
            _bar_key()
            st.caption(_("Awards whose matched funds were not published are left out."))
        else:
            _nothing(_("No matched funds were published for these awards."))
    with right:
        if cumulative.rows:
            chart_card(cumulative_chart(cumulative.rows), cumulative, "funding-cumulative")
            _bar_key()
            _lower_bound_note(cumulative)
        else:
            _nothing(_("No award to add up."))


def _lower_bound_note(answer: Answer) -> None:
    missing = sum(row["unknown_count"] for row in answer.rows)
    later = sum(row["later_year_count"] for row in answer.rows)
    parts = []
    if missing:
        parts.append(_("{count} awards without a published amount").format(count=missing))
    if later:
        parts.append(_("{count} announced further years of terms").format(count=later))
    sentences = [
        _(
            "Programme lines stand apart; the three cluster programmes that followed each other "
            "are one line."
        )
    ]
    if parts:
        gaps = _("Lower bounds, not in the sums: {gaps}.").format(gaps=", ".join(parts))
        sentences.insert(0, gaps)
    st.caption(" ".join(sentences))


def selection_section(record: Record, view: FundingView) -> None:
    """Applicants and selected of each call."""
    answer = record.ask("funding_selection", view.asked)
    st.markdown("## " + _("Applicants and selected"))
    if not answer.rows:
        _nothing(_("The number of applicants was not published for these calls."))
        return
    chart_card(selection_chart(answer.rows, view.region), answer, "funding-selection")
    st.caption(
        _(
            "Applicants as published for the whole call: mostly regions, in some calls projects. "
            "The selected are those the record names; where it names one or none, there is no rate."
        )
    )
    unsure = [row for row in answer.rows if row["selection_rate_pct"] is None and row["note"]]
    for row in unsure:
        name = f"{row['year']} {label('programme', row['programme_id'])}"
        st.caption(f"{name}: {record_text(row['note'])}")


def beside_section(record: Record, view: FundingView) -> None:
    """Cluster grant beside patients, and beside reservations at events."""
    st.markdown("## " + _("Cluster grant beside patients and reservations"))
    st.caption(
        _(
            "Two figures of the same year side by side, only where both are known: no claim that "
            "money brought patients. Only grants of the cluster line; joint grants cannot be split."
        )
    )
    columns = st.columns(2, gap="large")
    metrics = {
        "foreign_patients": _("Cluster grant per foreign patient"),
        "event_reservations": _("Cluster grant per reservation at events"),
    }
    for column, (metric, name) in zip(columns, metrics.items(), strict=True):
        answer = record.ask("funding_beside", {"metric": metric, "region": view.region})
        with column:
            if answer.rows:
                chart = beside_chart(name, answer.rows, view.region)
                chart_card(chart, answer, f"funding-{metric}")
            else:
                with st.container(key=f"cr-chart-funding-{metric}"):
                    heading(name, 3)
                    _nothing(_("No year has both a cluster grant and this figure."))


def ministries_section(record: Record, view: FundingView) -> None:
    """Ministries side by side: awards, amounts known and unknown, years."""
    answer = record.ask("funding_ministries", {"region": view.region})
    st.markdown("## " + _("Ministries side by side"))
    if not answer.rows:
        _nothing()
        return
    chart_card(ministries_chart(answer.rows, view.ministry), answer, "funding-ministries")
    st.caption(
        _(
            "Solid bar: awards with a published amount; hollow bar: without. All ministries are "
            "shown, whichever ministry or programme is chosen above."
        )
    )


def _bar_key() -> None:
    st.caption(
        _(
            "Hatched: joint award, not split · hollow: contested, approximate, "
            "provisional or self-reported"
        )
    )


def _nothing(sentence: str = "") -> None:
    """The designed empty state: no data, never 0."""
    no_data = label("evidence", "no data")
    st.info(f"{no_data}. {sentence}" if sentence else no_data)
