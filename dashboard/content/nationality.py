"""Nationalities among foreign patients: their parts of a year, of a change, and of the total."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.content.cells import figure_cell, text_cell
from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Series,
    Table,
)
from dashboard.content.figure_charts import in_words, kinds_chart
from dashboard.content.findings import nationality_years_finding
from dashboard.content.superlatives import Form, greatest_nationality, own_nations
from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    ngettext,
    number_text,
    percent_text,
    points_text,
    quantity_text,
    sentence_figure,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS, approximated, flagged, signed
from dashboard.i18n.figures import is_rounded
from dashboard.store.answer import Row, Rows

_SHADES = 5
_MOST_LINES = 12


def mix_chart(region: str, year: int, rows: Rows) -> ChartBlock:
    """Bars of the published nationalities, and of the patients whose nationality is not known.

    Of the rows of `patients_by_nationality` at least one is not the rest.
    """
    bars = [
        (
            _mix_name(row),
            replace(figure_cell(row, unit="persons"), text=_persons_and_share(row)),
            part_series(row["part"]),
        )
        for row in rows
    ]
    return kinds_chart(_mix_finding(region, year, rows), label("unit", "persons"), bars)


def part_series(part: str) -> Series:
    """What is published stands in the accent colour; what cannot be split is striped."""
    is_subject = part in ("nationality", "group")
    return Series(label("part", part), (), is_subject, part in ("group", "counted elsewhere"))


def _mix_name(row: dict[str, Any]) -> str:
    if row["part"] == "rest":
        return label("part", "rest")
    name = country_text(row["nationality"])
    if row["part"] == "group":
        return _("{names} together").format(names=name)
    if row["part"] == "counted elsewhere":
        if row["counted_in"] == row["nationality"]:
            return _("{names} together (counted one by one)").format(names=name)
        return _("of which {name}").format(name=name)
    return name


def _persons_and_share(row: dict[str, Any]) -> str:
    persons = figure_text(row, unit="persons")
    return persons if row["share_pct"] is None else f"{persons} ({_share(row)})"


def _share(row: dict[str, Any]) -> str:
    return figure_text(row, "share_pct", "pct")


def _mix_finding(region: str, year: int, rows: Rows) -> str:
    """What part the published nationalities hold, and what is left over."""
    counted = [row for row in rows if row["part"] in ("nationality", "group")]
    rest = next((row for row in rows if row["part"] == "rest"), None)
    said = {"region": label("region", region), "year": year, "published": _published(counted, rows)}
    if rest is None:
        return _("{region} {year}: published {published}, but no total to measure by").format(
            **said
        )
    if rest["value"] is None:
        return _(
            "{region} {year}: what is published ({published}) contradicts the total of {total} "
            "or another part"
        ).format(**said, total=sentence_figure(rest, "total_value", "persons"))
    if rest["share_pct"] is None:
        return _(
            "{region} {year}: no shares of what is published ({published}), since the total of "
            "{total} is not firm ({evidence})"
        ).format(
            **said,
            total=sentence_figure(rest, "total_value", "persons"),
            evidence=label("evidence", rest["total_evidence"]),
        )
    return _(
        "{region} {year}: what is published ({published}) holds {known} of all patients, others "
        "or unpublished ones {rest}"
    ).format(
        **said,
        known=flagged(
            quantity_text(100 - rest["share_pct"], "pct", rest["is_approximate"]), rest["evidence"]
        ),
        rest=sentence_figure(rest, "share_pct", "pct"),
    )


def _published(counted: Rows, rows: Rows) -> str:
    """How many nationalities have a figure in persons of their own, and how many groups."""
    nations, groups = len(own_nations(rows)), sum(row["part"] == "group" for row in counted)
    counts = (
        (nations, ngettext("{count} nationality", "{count} nationalities", nations)),
        (groups, ngettext("{count} group", "{count} groups", groups)),
    )
    return ", ".join(text.format(count=count) for count, text in counts if count)


def nationality_years_table(region: str, rows: Rows) -> Table:
    """Nationalities by years, shaded by each one's highest: `nationality_years`, a row or more.

    Years without any figure are no columns, and named below.
    """
    nations = _by_nationality(rows)
    years = sorted({row["year"] for row in rows if row["value"] is not None})
    empty = sorted({row["year"] for row in rows} - set(years))
    note = _("Persons. The fuller the shade, the nearer to the nationality's highest year")
    if empty:
        left_out = _("Without any figure, and left out: {years}").format(
            years=", ".join(map(str, empty))
        )
        note = f"{note} · {left_out}"
    return Table(
        nationality_years_finding(region, rows),
        (
            Column("nationality", label("column", "nationality")),
            *(Column(str(year), str(year), True) for year in years),
        ),
        tuple(
            (
                text_cell(country_text(code)),
                *(_year_cell(row) for row in found if row["year"] in years),
            )
            for code, found in nations.items()
        ),
        "nationality_years",
        (("region", region),),
        note,
    )


def _by_nationality(rows: Rows) -> dict[str, list[Row]]:
    nations: dict[str, list[Row]] = {}
    for row in rows:
        nations.setdefault(row["nationality"], []).append(row)
    return nations


def nationality_lines(rows: Rows, year: int) -> tuple[KeyFigures, Paragraph] | None:
    """A small line for each nationality with figures of two years or more, and how to read them.

    Of `nationality_years`, those with the most years first; a figure of another year than this one
    says so. None where no nationality has two.
    """
    nations = _by_nationality(rows)
    known = {
        code: [row for row in found if row["value"] is not None] for code, found in nations.items()
    }
    lines = [code for code, found in known.items() if len(found) > 1]
    if not lines:
        return None
    figures = tuple(_line(code, nations[code], known[code], year) for code in lines[:_MOST_LINES])
    reading = _(
        "Each line has a scale of its own, from zero to its highest year; a gap is a year without "
        "a figure. {shown} of {count} nationalities: the others have a figure of one year only, or "
        "of fewer years, and stand in the table."
    ).format(shown=len(figures), count=len(nations))
    return KeyFigures(figures), Paragraph(reading)


def _line(code: str, rows: Sequence[Row], known: Sequence[Row], year: int) -> KeyFigure:
    """The last figure of a nationality, its first one, and what lies between."""
    first, last = known[0], known[-1]
    ends = " → ".join(
        _("{value} in {year}").format(
            year=row["year"],
            value=signed(figure_text(row, unit="persons"), row["evidence"]),
        )
        for row in (first, last)
    )
    return KeyFigure(
        country_text(code),
        figure_cell(last, unit="persons"),
        key=f"nationality-{code.replace(';', '-')}",
        note=ends,
        trend=tuple(row["value"] for row in rows if first["year"] <= row["year"] <= last["year"]),
        trend_alt=", ".join(f"{row['year']} {figure_text(row, unit='persons')}" for row in known),
        year=None if last["year"] == year else last["year"],
    )


def _year_cell(row: Row) -> Cell:
    """Persons without unit, in a table as narrow as the years allow."""
    cell = figure_cell(row, unit="persons")
    if row["value"] is None:
        return replace(cell, text=EVIDENCE_MARKS["no data"])
    shade = min(_SHADES - 1, int((row["of_peak_pct"] or 0) * _SHADES / 100))
    number = approximated(number_text(row["value"]), is_rounded(row))
    return replace(cell, text=number, shade=shade)


def concentration_chart(region: str, year: int, rows: Rows, mix: Rows, rates: Rows) -> ChartBlock:
    """For each year, from what three published nationalities hold to what the greatest could.

    Of `nationality_concentration` with at least one share; and for the year of the finding `mix`,
    of `patients_by_nationality`, and `rates`, of `printed_rates`.
    """
    known = [row for row in rows if row["share_pct"] is not None]
    years = {row["year"]: f"{row['year']} {country_text(row['nationality'])}" for row in known}
    series = (
        Series(label("column", "share_pct"), tuple(map(_held, known)), is_subject=True),
        Series(_("Possible beyond it"), tuple(map(_possible, known)), True, is_striped=True),
    )
    title = concentration_finding(region, year, rows, mix, rates)
    return ChartBlock(
        "bar",
        title,
        label("unit", "pct"),
        tuple(years.values()),
        series,
        f"{title}. {in_words(tuple(years.values()), series)}",
        _(
            "Filled: what the three nationalities named for the year hold. Striped: what the "
            "greatest three could hold at most, if all patients without a published "
            "nationality came from one country."
        ),
        years.get(year, ""),
    )


def _held(row: Row) -> Cell:
    """A computed share, as vouched for as the figures behind it."""
    sources = tuple(row["source_ids"] or ())
    return Cell(percent_text(row["share_pct"]), row["share_pct"], row["evidence"], sources)


def _possible(row: Row) -> Cell:
    """How much more the greatest three could hold, and what they would hold then."""
    more = row["share_most_pct"] - row["share_pct"]
    text = _("{name} ({value})").format(
        name=points_text(more), value=percent_text(row["share_most_pct"])
    )
    return Cell(text, more, row["evidence"], tuple(row["source_ids"] or ()))


def concentration_finding(region: str, year: int, rows: Rows, mix: Rows, rates: Rows) -> str:
    """What the three greatest nationalities hold in a year, as far as that may be said.

    The year is among the rows; they, `mix` and `rates` are as in `concentration_chart`.
    """
    row = next(row for row in rows if row["year"] == year)
    said = {"region": label("region", region), "year": year}
    if row["share_pct"] is None:
        reasons = {
            "no total": _("the record has no total"),
            "fewer than three": _("fewer than three nationalities have a figure ({count})").format(
                count=number_text(row["nationality_count"])
            ),
            "total not firm": _("the total is approximate, provisional or contested"),
            "nationality not firm": _(
                "one of the three nationalities is approximate, provisional or contested"
            ),
            "contradiction": _("the published nationalities contradict the total or each other"),
        }
        return _("{region} {year}: concentration is not computed, since {reason}").format(
            **said, reason=reasons[row["reason"]]
        )
    patterns = {
        Form.PLAIN: _(
            "{region} {year}: the three greatest nationalities ({names}) hold {share} of all "
            "patients"
        ),
        Form.PUBLISHED: _(
            "{region} {year}: the three greatest published nationalities ({names}) hold {share} of "
            "all patients; the true three could hold up to {most}"
        ),
        Form.NOTHING: _(
            "{region} {year}: shares of published nationalities; which are the greatest cannot be "
            "told"
        ),
    }
    found = greatest_nationality(mix, rates, count=3)
    # Where one is known by its share alone, the three with persons are not the greatest.
    are_same = {part["nationality"] for part in found.rows} == set(row["nationality"].split(";"))
    return patterns[found.form if are_same else Form.NOTHING].format(
        **said,
        names=country_text(row["nationality"]),
        share=percent_text(row["share_pct"]),
        most=percent_text(row["share_most_pct"]),
    )
