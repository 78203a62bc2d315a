"""Promotion centres: the map of a year, what was said of them, and who may be among the nine."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import no_data, sources_of, text_cell
from dashboard.content.countries import countries_section
from dashboard.content.country import country_report
from dashboard.content.document import (
    Cell,
    ChartBlock,
    MapBlock,
    Paragraph,
    Place,
    Section,
    Series,
    Table,
)
from dashboard.content.findings import NATION, centres_finding, centres_title
from dashboard.content.links import link_to
from dashboard.content.named_centres import centres_table
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.report import Report, Stamp
from dashboard.content.route import routes
from dashboard.content.tables import table_of
from dashboard.i18n import country_text, date_text, label, ngettext, number_text, record_text
from dashboard.i18n import gettext as _

_CONFIDENCE_MARKS = {"certain": "●", "likely": "○", "possible": "?"}


def map_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """The centres of a region at the end of a year, or the page of one country.

    Asked are region and year, and country (ISO 3166-1 alpha-2) for the page of that country.

    Raises:
        UsageError: the record knows nothing of the country.
    """
    region, year = asked["region"], asked["year"]
    if asked.get("country"):
        return country_report(context, region, asked["country"], stamp)
    sections = (
        _map(context, region, year),
        countries_section(context, region),
        *_lists(context, region, year),
        *_totals(context, region),
        _nine(context, region),
        *routes(context, region),
    )
    title = _("Promotion centres: {region} {year}").format(
        region=label("region", region), year=year
    )
    return assemble("map", title, sections, context, stamp, is_led=True)


def centres_map(context: QueryContext, region: str, year: int) -> tuple[str, MapBlock | None]:
    """Centres at the end of a year; hollow where no later source says that they are open.

    Returns:
        The finding, and the map, which is None where no centre has a known place.
    """
    owner = _owner(region)
    counted = [row for row in context.rows("map_years", owner_region=owner) if row["year"] == year]
    if not counted:
        return _("The record names no promotion centre of this region."), None
    finding = centres_finding(label("region", region), year, counted[0])
    centres = context.rows("map_centres", owner_region=owner, year=year)
    places = tuple(
        Place(record_text(row["city"]), row["lat"], row["lon"], row["centre_state"] == "open")
        for row in centres
        if row["lat"] is not None
    )
    named = ", ".join(
        f"{record_text(row['city']) or country_text(row['country'])}"
        f" ({label('centre_state', row['centre_state'])})"
        for row in centres
    )
    return finding, MapBlock(finding, places, f"{finding}. {named}") if places else None


def _owner(region: str) -> str | None:
    """The region as the owner that is asked for; all of them for Korea."""
    return None if region == NATION else region


def _map(context: QueryContext, region: str, year: int) -> Section:
    finding, block = centres_map(context, region, year)
    counted = next(
        (
            row
            for row in context.rows("map_years", owner_region=_owner(region))
            if row["year"] == year
        ),
        None,
    )
    title, further = (
        (finding, "") if counted is None else centres_title(label("region", region), year, counted)
    )
    rule = Paragraph(
        _(
            "No source prints a list, and none says that a centre closed. A centre is shown as "
            "open up to the year in which a source last saw it; after that it fades."
        )
    )
    said = (Paragraph(_("{counts}.").format(counts=further)),) if further else ()
    return Section(title, (*said, *((block,) if block else ()), rule), part="map.world")


def _lists(context: QueryContext, region: str, year: int) -> list[Section]:
    """Every centre of the region, and how many the others have."""
    answer = context.answer("map_centres", owner_region=_owner(region), year=year)
    sections = []
    if answer.rows:
        title = _("Promotion centres at the end of {year}").format(year=year)
        sections.append(Section(title, (centres_table(answer),), is_folded=True, anchor="centres"))
    others: dict[str, list[Row]] = {}
    for row in context.rows("map_centres", year=year):
        if row["owner_region"] != region and region != NATION:
            others.setdefault(row["owner_region"], []).append(row)
    if others:
        table = table_of(
            "",
            sorted(others.values(), key=lambda rows: (-len(rows), rows[0]["owner_region"])),
            {
                "owner_region": _owner_cell,
                "named": (_("Named centres"), lambda rows: _number(rows, "is_named", True)),
                "open": (
                    label("centre_state", "open"),
                    lambda rows: _number(rows, "centre_state", "open"),
                ),
                "countries": (label("column", "country"), _countries),
            },
            figures=("named", "open"),
        )
        sections.append(Section(_("Centres of other regions"), (table,), is_folded=True))
    return sections


def _owner_cell(rows: list[Row]) -> Cell:
    return text_cell(label("region", rows[0]["owner_region"]), sources_of(rows))


def _number(rows: list[Row], column: str, *wanted: object) -> Cell:
    """How many of the rows have one of the values in a column."""
    count = sum(row[column] in wanted for row in rows)
    return Cell(number_text(count), count)


def _countries(rows: list[Row]) -> str:
    named = (country_text(row["country"]) for row in rows if row["is_named"])
    return ", ".join(dict.fromkeys(named))


def _totals(context: QueryContext, region: str) -> list[Section]:
    """What was said of a region's centres against what the record can show, and total by total."""
    title = _("What was said against what can be shown")
    answer = context.answer("centre_totals_named", owner_region=region)
    if not answer.rows:
        sentence = _("{region}: neither a total nor a centre is in the record. That is no zero.")
        return [Section(title, (Paragraph(sentence.format(region=label("region", region))),))]
    dated = [row for row in answer.rows if row["stated_count"] is not None] or list(answer.rows)
    finding = _totals_finding(region, answer.rows)
    points = "; ".join(
        _("{date}: stated {stated} ({remark}), named {named}").format(
            date=date_text(row["date_on"]),
            stated=_stated(row).text,
            remark=_("a plan") if row["is_plan"] else _("stated total"),
            named=number_text(row["named_count"]),
        )
        for row in dated
    )
    chart = ChartBlock(
        "line",
        finding,
        label("unit", "centres"),
        tuple(_date(row) for row in dated),
        (
            Series(_("stated total"), tuple(map(_stated, dated)), True),
            Series(
                _("opened by then, as far as the record can name"),
                tuple(Cell(number_text(row["named_count"]), row["named_count"]) for row in dated),
            ),
        ),
        f"{finding}. {points}",
        _(
            "The stated totals rise and fall without a stated reason. The line of named openings "
            "only rises, because no source reports a closure; a district's own centre is in it."
        ),
        answer=answer,
    )
    one_by_one = Section(_("Stated totals one by one"), (_totals_table(dated),), is_folded=True)
    return [Section(title, (chart,)), one_by_one]


def _totals_finding(region: str, rows: Rows) -> str:
    counted = [row for row in rows if row["stated_count"] is not None and not row["is_plan"]]
    if not counted:
        named = rows[-1]["named_count"]
        return ngettext(
            "{region}: {named} centre can be named, no total was stated",
            "{region}: {named} centres can be named, no total was stated",
            named,
        ).format(region=label("region", region), named=number_text(named))
    return _(
        "{region}: {stated} centres were stated; {named} openings can be named by the same dates"
    ).format(
        region=label("region", region),
        stated=", ".join(number_text(row["stated_count"]) for row in counted),
        named=", ".join(number_text(row["named_count"]) for row in counted),
    )


def _date(row: Row) -> str:
    """The day of a total; a plan says so."""
    day = date_text(row["date_on"])
    return f"{day} ({_('a plan')})" if row["is_plan"] else day


def _stated(row: Row, name: str = "stated_count") -> Cell:
    """A printed total; a plan is none yet, and is drawn as what is doubtful."""
    if row[name] is None:
        return no_data()
    evidence = "provisional" if row["is_plan"] else None
    return Cell(number_text(row[name]), row[name], evidence, tuple(row["source_ids"]))


def _counted(row: Row, name: str) -> Cell:
    return Cell(number_text(row[name]), row[name])


def _totals_table(rows: list[Row]) -> Table:
    stated, counts = ("stated_count", "stated_country_count"), ("named_country_count", "seen_count")
    return table_of(
        "",
        rows,
        {
            "date_on": lambda row: text_cell(_date(row), row["source_ids"]),
            **{name: partial(_stated, name=name) for name in stated},
            "named_count": (_("Named centres"), partial(_counted, name="named_count")),
            **{name: partial(_counted, name=name) for name in counts},
            "note": lambda row: record_text(row["note"]),
        },
        figures=(*stated, "named_count", *counts),
    )


def _nine(context: QueryContext, region: str) -> Section | None:
    """The candidates for the nine countries of end 2018, and how sure each is."""
    owners = {
        row["owner_region"] for row in context.rows("map_centres") if row["counted_2018"] != "no"
    }
    answer = context.answer("centre_countries")
    if not answer.rows or region not in (*owners, NATION):
        return None
    counts = {
        name: sum(row["confidence"] == name for row in answer.rows) for name in _CONFIDENCE_MARKS
    }
    totals = {name: sum(row[f"{name}_count"] for row in answer.rows) for name in _CONFIDENCE_MARKS}
    title = _(
        "{count} candidates for the nine countries of end 2018: {certain} certain, {likely} "
        "likely, {possible} possible"
    ).format(**counts, count=len(answer.rows))
    stated = _(
        "Stated were 20 centres in nine countries. The record can name {certain} that are "
        "certainly among them, {likely} that likely are, and {possible} that may be."
    ).format(**totals)
    gaps = tuple(
        paragraph
        for owner in sorted(owners)
        for paragraph in _gaps(context, owner, sum(totals.values()))
    )
    table = table_of(
        "",
        answer.rows,
        {
            "country": _candidate,
            "confidence": lambda row: (
                f"{_CONFIDENCE_MARKS[row['confidence']]} {label('confidence', row['confidence'])}"
            ),
            "cities": lambda row: ", ".join(map(record_text, row["cities"])) or "–",
            "counts": (_("Centres that may be among the 20"), _candidate_counts),
            "note": lambda row: record_text(row["note"]),
        },
        answer=answer,
        note=_("Candidates for the nine countries; a name opens the page of the country"),
    )
    return Section(title, (Paragraph(stated), *gaps, table), is_folded=True)


def _gaps(context: QueryContext, owner: str, candidates: int) -> list[Paragraph]:
    """Why the centres named at the end of 2018 are another number than the candidates."""
    gaps = context.rows("centre_count_gaps", owner_region=owner)
    counted = {row["year"]: row for row in context.rows("map_years", owner_region=owner)}
    planned = [row for row in gaps if not row["is_named"]]
    outside = [row for row in gaps if row["is_named"]]
    if not gaps or 2018 not in counted:
        return []
    said = [
        _("{region}, end of 2018: {named} centres are named, {candidates} may be counted.").format(
            region=label("region", owner),
            named=counted[2018]["named_count"],
            candidates=candidates,
        )
    ]
    if planned:
        said.append(
            ngettext(
                "{count} of those that may be counted was planned by then, without word of an "
                "opening ({cities}).",
                "{count} of those that may be counted were planned by then, without word of an "
                "opening ({cities}).",
                len(planned),
            ).format(count=len(planned), cities=_cities(planned))
        )
    if outside:
        said.append(
            ngettext(
                "{count} of those named is not among those counted ({cities}).",
                "{count} of those named are not among those counted ({cities}).",
                len(outside),
            ).format(count=len(outside), cities=_cities(outside))
        )
    return [Paragraph(" ".join(said), sources_of(gaps))]


def _cities(rows: list[Row]) -> str:
    return ", ".join(record_text(row["city"]) or country_text(row["country"]) for row in rows)


def _candidate(row: Row) -> Cell:
    link = link_to("", country=row["country"], pick="")
    return text_cell(country_text(row["country"]), row["source_ids"], link)


def _candidate_counts(row: Row) -> str:
    counts = (
        f"{label('counted_2018', name)} {row[f'{name}_count']}"
        for name in _CONFIDENCE_MARKS
        if row[f"{name}_count"]
    )
    return ", ".join(counts) or _("none can be named")
