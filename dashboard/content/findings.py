"""Findings as sentences: what a chart, a page or a slide says before it shows anything."""

from collections.abc import Mapping
from typing import Any

from dashboard.content.proofs import places_between, places_text, range_text
from dashboard.content.superlatives import Form, figure_range, greatest_nationality, superlative
from dashboard.i18n import (
    country_text,
    label,
    ngettext,
    number_text,
    percent_text,
    quantity_text,
    sentence_figure,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, flagged, weakest
from dashboard.kpi import has_greatest, says_little
from dashboard.store.answer import Row, Rows

NATION = "KR"
"""All Korea, which is no region among regions and has no rank."""
_MOST_NAMES = 3
"""So many equal ones are named; more are counted."""


def trend_finding(
    name: str, subject: str, trend: Rows, bounds: Rows = (), *, is_cut: bool = False
) -> str:
    """The last figure of a region beside its highest, unless a year without figure may be higher.

    Rows of `trend`, and of `bounds` where the metric has any, of that region and those years; it is
    cut where later years are left out.
    """
    region = label("region", subject)
    known = [row for row in trend if row["value"] is not None]
    if not known:
        return _("{region}: the record has no figure for “{name}”").format(region=region, name=name)
    last = known[-1]
    found = superlative(
        [
            figure_range(
                float(row["value"]), bool(row["is_approximate"]), bool(row["is_lower_bound"])
            )
            for row in known
        ],
        None,
    )
    until = (
        _("{count} years with figures up to {year}") if is_cut else _("{count} years with figures")
    )
    said = {
        "region": region,
        "year": last["year"],
        "value": sentence_figure(last),
        "count": len(known),
        "years": until.format(count=len(known), year=last["year"]),
    }
    peaks = [known[place] for place in found.places]
    if peaks and _may_be_higher(peaks[0]["value"], trend, bounds):
        peaks = []
    if last in peaks:
        return _("{region} {year}: {value}, the highest of {years}").format(**said)
    if len(peaks) == 1 and peaks[0]["value"] > 0:
        peak = peaks[0]
        return _(
            "{region} {year}: {value}, {share} of the highest of {years}, {peak} in {peak_year}"
        ).format(
            **said,
            share=_percent_of(last, peak),
            peak_year=peak["year"],
            peak=sentence_figure(peak),
        )
    return ngettext(
        "{region} {year}: {value}, {count} year with figures",
        "{region} {year}: {value}, {count} years with figures",
        len(known),
    ).format(**said)


def _may_be_higher(value: float, trend: Rows, bounds: Rows) -> bool:
    """Whether a year without figure has a range that reaches above a value."""
    known = {row["year"] for row in trend if row["value"] is not None}
    return any(
        row["is_range_narrow"] and row["high"] > value for row in bounds if row["year"] not in known
    )


def _percent_of(row: Row, whole: Row) -> str:
    """A figure in per cent of another, with the marks of both."""
    text = percent_text(100 * row["value"] / whole["value"], 0)
    marked = approximated(text, bool(row["is_approximate"] or whole["is_approximate"]))
    return flagged(marked, weakest((row["evidence"], whole["evidence"])))


def ranking_finding(subject: str, year: int, ranking: Rows) -> str:
    """Rank of the region, of how many with figures, and its possible interval among all."""
    region = label("region", subject)
    mine = next((row for row in ranking if row["region"] == subject), None)
    if subject == NATION:
        return _("{year}: Korea as a whole has no rank among its own regions").format(year=year)
    if mine is None:
        return _("{region} {year}: no rank, since the record has no figure").format(
            region=region, year=year
        )
    value = sentence_figure(mine)
    said = _("{region} {year}: {value}").format(region=region, year=year, value=value)
    return f"{said}, {rank_clause(mine)}"


def rank_clause(mine: Row) -> str:
    """The rank among all where it is certain, else between which places it lies among all.

    The row is of `ranking`, `ranking_years` or `ranking_movement` and has a rank. Where nothing
    printed bounds the others, among how many regions with figures it was computed.
    """
    among_all = place_clause(mine)
    if among_all:
        return among_all
    if mine["of_count"] == 1:
        said = _("the only region with a figure (between {best} and {worst} among all {all})")
    else:
        said = _(
            "rank {rank} of the {of_count} regions with figures "
            "(between {best} and {worst} among all {all})"
        )
    return said.format(
        rank=rank_among(mine),
        of_count=mine["of_count"],
        best=mine["rank_best"],
        worst=mine["rank_worst"],
        all=mine["region_count"],
    )


def rank_among(row: Row) -> str:
    """The rank among the regions with a figure: `2`, or `1–3` where figures leave that open."""
    return places_between(row["among_best"], row["among_worst"])


def place_clause(row: Row) -> str:
    """The rank among all where it is certain or bounded; empty where nothing printed bounds it.

    The row is of `bounds`, or as `rank_clause` takes it.
    """
    is_anywhere = row["rank_best"] == 1 and row["rank_worst"] == row["region_count"]
    if row["rank_best"] != row["rank_worst"] and (row.get("low") is None or is_anywhere):
        return ""
    return _("rank {places} of all {all} regions").format(
        places=places_text(row), all=row["region_count"]
    )


def are_placed_among_all(rows: Rows) -> bool:
    """Whether what is printed says more of the places among all than those with a figure do.

    Rows of one year, of `ranking`, `ranking_years` or `ranking_movement`: a place is certain, or
    bounded more closely than if every region without a figure could stand anywhere.
    """
    return any(
        row["rank_certain"] is not None
        or row["rank_best"] > row["among_best"]
        or row["rank_worst"] < row["among_worst"] + row["region_count"] - row["of_count"]
        for row in rows
        if row["rank"] is not None
    )


def patients_finding(
    region_code: str, year: int, row: Row, ranking: Rows, bound: Row | None = None
) -> str:
    """Patients of the year, change on the year, and rank; or that there is no figure.

    Without a figure in the row of `figure`, the range and the rank that everything else printed
    leaves in the row of `bounds` stand for it. The rows of `ranking` are of that year.
    """
    region = label("region", region_code)
    if row["value"] is None and bound is not None and has_greatest(bound):
        if says_little(bound):
            return _(
                "{region} {year}: no figure of foreign patients; {range} by what else is printed"
            ).format(region=region, year=year, range=range_text(bound))
        said = _("{region} {year}: {range} foreign patients, derived from what else is printed")
        sentence = said.format(region=region, year=year, range=range_text(bound))
        return ", ".join(filter(None, (sentence, place_clause(bound))))
    if row["value"] is None:
        return _("{region} {year}: no figure of foreign patients could be settled on").format(
            region=region, year=year
        )
    patients = approximated(number_text(row["value"]), row["is_approximate"])
    sentence = _("{region} {year}: {patients} foreign patients").format(
        region=region, year=year, patients=patients
    )
    parts = [flagged(sentence, row["evidence"])]
    if row["change_pct"] is not None:
        rounded = row["is_approximate"] or row["is_previous_approximate"]
        evidence = weakest((row["evidence"], row["previous_evidence"]))
        sentence = _("{change} on {previous} the year before").format(
            change=approximated(percent_text(row["change_pct"], signed=True), rounded),
            previous=approximated(
                number_text(row["previous_value"]), row["is_previous_approximate"]
            ),
        )
        parts.append(flagged(sentence, evidence))
    mine = next((found for found in ranking if found["region"] == region_code), None)
    if mine is not None:
        parts.append(rank_clause(mine))
    return ", ".join(parts)


def patients_sentence(region_code: str, year: int, figure: Row, mix: Rows, rates: Rows) -> str:
    """Patients of the year, and of which nationality most of them are, as far as it may be said.

    Of a row of `figure`, and the rows of `patients_by_nationality` and `printed_rates`.
    """
    said = {"region": label("region", region_code), "year": year}
    if figure["value"] is None:
        return _("{region} {year}: no figure of foreign patients could be settled on").format(
            **said
        )
    patients = approximated(number_text(figure["value"]), figure["is_approximate"])
    patients = flagged(
        _("{patients} foreign patients").format(patients=patients), figure["evidence"]
    )
    if all(row["part"] == "rest" for row in mix):
        return _("{region} {year}: {patients}, none of them published by nationality").format(
            **said, patients=patients
        )
    return _("{region} {year}: {patients}; {nationality}").format(
        **said, patients=patients, nationality=nationality_clause(mix, rates)
    )


def nationality_finding(region_code: str, year: int, mix: Rows, rates: Rows) -> str:
    """The nationality of most patients, as far as it may be said; else how many are published.

    Of the rows of `patients_by_nationality` and `printed_rates` of that region and year.
    """
    return _("{region} {year}: {nationality}").format(
        region=label("region", region_code), year=year, nationality=nationality_clause(mix, rates)
    )


def nationality_clause(mix: Rows, rates: Rows) -> str:
    """As `nationality_finding`, without region and year."""
    found = greatest_nationality(mix, rates)
    patterns = {
        Form.PLAIN: _("most patients from {country}"),
        Form.PUBLISHED: _("of {count} published nationalities, {country} is the greatest"),
        Form.NOTHING: ngettext(
            "{count} nationality published", "{count} nationalities published", found.count
        ),
    }
    said = patterns[found.form].format(
        count=found.count, country=", ".join(_country_with_share(row) for row in found.rows)
    )
    rest = next((row for row in mix if row["part"] == "rest"), None)
    if found.form is Form.NOTHING and found.count and rest and rest["share_pct"] is not None:
        share = quantity_text(100 - rest["share_pct"], "pct", rest["is_approximate"])
        share = flagged(share, rest["evidence"])
        said += " " + _("({share} of all patients)").format(share=share)
    return said if found.count else _("no nationality published")


def _country_with_share(row: Mapping[str, Any]) -> str:
    """`China (20.8%)`; persons where there is no share."""
    if row["share_pct"] is None:
        said = sentence_figure(row, unit="persons")
    else:
        said = sentence_figure(row, "share_pct", "pct")
    return _("{name} ({value})").format(name=country_text(row["nationality"]), value=said)


def centres_finding(region: str, year: int, row: Row) -> str:
    """Centres of a row of `map_years` by each of the three rules: announced, named, seen open."""
    said = ", ".join(
        [*_announced_centres(row), *named_centres(row)]
        or [_("the record names no promotion centre")]
    )
    return _("{region}, end of {year}: {counts}").format(region=region, year=year, counts=said)


def centres_title(region: str, year: int, row: Row) -> tuple[str, str]:
    """The finding in two: announced and named, then what was seen open or planned, if anything."""
    announced, named = _announced_centres(row), named_centres(row)
    first = [*announced, *named[:1]]
    if not first:
        return centres_finding(region, year, row), ""
    title = _("{region}, end of {year}: {counts}").format(
        region=region, year=year, counts=", ".join(first)
    )
    return title, ", ".join(named[1:])


def _announced_centres(row: Row) -> list[str]:
    count = row["stated_count"]
    if count is None:
        return []
    announced = ngettext(
        "{count} promotion centre announced", "{count} promotion centres announced", int(count)
    )
    return [announced.format(count=number_text(count))]


def named_centres(row: Row) -> list[str]:
    """How many centres of `map_years` have a name and where, how many were seen open or planned."""
    said = []
    if row["named_count"]:
        countries = ngettext("{count} country", "{count} countries", row["country_count"]).format(
            count=row["country_count"]
        )
        said = [
            _("{count} named in {countries}").format(count=row["named_count"], countries=countries),
            _("{count} of them seen open that year or later").format(count=row["open_count"]),
        ]
    if row["planned_count"]:
        said.append(_("{count} planned").format(count=row["planned_count"]))
    if row["overdue_count"]:
        said.append(
            _("{count} more planned by then, without word of an opening").format(
                count=row["overdue_count"]
            )
        )
    return said


def events_counted(rows: Rows) -> str:
    """How many rows of `events`, `year_events` or `map_events` there are, and how many are held."""
    count = len(rows)
    held = sum(bool(row["is_held"]) for row in rows)
    return ngettext(
        "{count} event in the record, {held} held",
        "{count} events in the record, {held} held",
        count,
    ).format(count=count, held=held)


def nationality_years_finding(region_code: str, rows: Rows) -> str:
    """Which nationalities have figures for the most years, of at least one `nationality_years`."""
    counts = {row["nationality"]: row["year_count"] for row in rows}
    most = max(counts.values())
    names = [country_text(code) for code, count in counts.items() if count == most]
    said = {
        "region": label("region", region_code),
        "count": most,
        "all": len({row["year"] for row in rows}),
    }
    if len(names) > _MOST_NAMES or len(names) == len(counts) > 1:
        sentence = _(
            "{region}: figures for the most years, {count} of {all}: {nations} nationalities"
        )
        if len(names) == len(counts):
            sentence = _(
                "{region}: years with figures, {count} of {all} for each of the {nations} "
                "nationalities"
            )
        return sentence.format(**said, nations=len(names))
    return _("{region}: figures for the most years, {count} of {all}: {names}").format(
        **said, names=", ".join(names)
    )
