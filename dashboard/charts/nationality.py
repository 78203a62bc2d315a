"""Nationalities among foreign patients: their parts of a year, of a change, and of the total."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts.bar_rows import Bar, BarRow, bar_rows, name_lines
from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.superlatives import Form, greatest_nationality
from dashboard.i18n import (
    change_text,
    country_text,
    figure_text,
    label,
    ngettext,
    number_text,
    percent_text,
    points_text,
    quantity_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, is_doubtful, signed

_ON_SUBJECT, _ON_OTHER = "#ffffff", "#1e2124"
"""Letters inside a bar, 4.5:1 and more."""
_TEXT, _BAR, _GAP = 20, 16, 16
"""Heights in pixels of a row of the change: a line of text, the bar, and the space after it."""


def mix_chart(region: str, year: int, rows: Rows) -> Chart:
    """Bars of the published nationalities, and of the patients whose nationality is not known.

    Args:
        region: code of the region.
        year: the year of the figures.
        rows: answer to `patients_by_nationality`, at least one of them not the rest.
    """
    names = [_mix_name(row) for row in rows]
    values = [_persons_and_share(row) for row in rows]
    figure = bar_rows(
        [
            BarRow(
                name,
                (
                    Bar(
                        row["value"],
                        value,
                        SUBJECT if row["part"] in ("nationality", "group") else OTHER,
                        is_hollow=is_doubtful(row["evidence"]),
                        is_hatched=row["part"] in ("group", "counted elsewhere"),
                    ),
                ),
            )
            for name, value, row in zip(names, values, rows, strict=True)
        ]
    )
    title = _mix_finding(region, year, rows)
    bars = ", ".join(
        f"{name} {signed(value, row['evidence'])}"
        for name, value, row in zip(names, values, rows, strict=True)
    )
    return Chart(title, figure, f"{title}. {bars}")


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
    said = {"region": label("region", region), "year": year, "count": len(counted)}
    if rest is None:
        return ngettext(
            "{region} {year}: {count} nationality was published, but no total to measure it by",
            "{region} {year}: {count} nationalities were published, but no total to measure them "
            "by",
            len(counted),
        ).format(**said)
    if rest["value"] is None:
        return _(
            "{region} {year}: the published nationalities ({count}) contradict the total of "
            "{total} or each other"
        ).format(**said, total=figure_text(rest, "total_value", "persons"))
    if rest["share_pct"] is None:
        return _(
            "{region} {year}: no shares of the published nationalities ({count}), since the total "
            "of {total} is not firm ({evidence})"
        ).format(
            **said,
            total=figure_text(rest, "total_value", "persons"),
            evidence=label("evidence", rest["total_evidence"]),
        )
    return _(
        "{region} {year}: the published nationalities ({count}) hold {known} of all patients, "
        "others or unpublished ones {rest}"
    ).format(
        **said,
        known=quantity_text(100 - rest["share_pct"], "pct", rest["is_approximate"]),
        rest=_share(rest),
    )


def change_chart(region: str, year: int, base: int, rows: Rows) -> Chart:
    """Bars left and right of zero: what each nationality added to the change or took from it.

    Args:
        region: code of the region.
        year: the later year.
        base: the year compared with.
        rows: answer to `patients_change_by_nationality`, at least one.
    """
    names = [_change_name(row) for row in rows]
    texts = [f"{name} {_change(row)}" for name, row in zip(names, rows, strict=True)]
    lines = [name_lines(text) for text in texts]
    heights = [_TEXT * len(text) + _BAR + _GAP for text in lines]
    figure = bare_figure(sum(heights) + 16)
    top = 0
    for text, row, height in zip(lines, rows, heights, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=top,
            text="<br>".join(text),
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="top",
            font={"size": 14},
        )
        colour = SUBJECT if row["part"] in ("nationality", "group") else OTHER
        figure.add_trace(
            go.Bar(
                x=[row["change"]],
                y=[top + _TEXT * len(text) + _BAR / 2 + 4],
                width=_BAR,
                orientation="h",
                marker={
                    "color": "rgba(0,0,0,0)" if is_doubtful(row["evidence"]) else colour,
                    "line": {"color": colour, "width": 2},
                    "pattern": {
                        "shape": "/" if row["part"] == "group" else "",
                        "fillmode": "replace",
                        "fgcolor": colour,
                        "bgcolor": "rgba(0,0,0,0)",
                        "size": 7,
                    },
                },
                hovertext=_change_hover(row, base, year),
                hoverinfo="text",
            )
        )
        bar_top = top + _TEXT * len(text) + 4
        figure.add_shape(
            type="line",
            x0=0,
            x1=0,
            y0=bar_top - 3,
            y1=bar_top + _BAR + 3,
            line={"color": OTHER, "width": 2},
        )
        top += height
    changes = [row["change"] for row in rows if row["change"] is not None]
    least, most = min(0, *changes), max(0, *changes)
    margin = 0.02 * ((most - least) or 1)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(visible=False, range=[least - margin, most + margin])
    figure.update_yaxes(visible=False, range=[top, 0])
    title = _change_finding(region, year, base, rows)
    return Chart(title, figure, f"{title}. {', '.join(texts)}")


def _change_name(row: dict[str, Any]) -> str:
    if row["part"] in ("total", "rest"):
        return label("part", row["part"])
    names = country_text(row["nationality"])
    return _("{names} together").format(names=names) if row["part"] == "group" else names


def _change(row: dict[str, Any]) -> str:
    """In persons and percentage points of the base total: `+3,036 persons (+17.1 pp)`."""
    persons = _signed_persons(row)
    if row["change_points"] is None:
        return persons
    points = approximated(points_text(row["change_points"]), row["is_approximate"])
    return f"{persons} ({points})"


def _signed_persons(row: dict[str, Any], change_pct: float | None = None) -> str:
    if row["change"] is None:
        return label("evidence", "no data")
    return change_text(row["change"], "persons", row["is_approximate"], change_pct)


def _change_hover(row: dict[str, Any], base: int, year: int) -> str:
    values = " → ".join(
        f"{when}: {figure_text(row, column, 'persons')}"
        for when, column in ((base, "base_value"), (year, "value"))
        if row[column] is not None
    )
    return f"{_change_name(row)} {values} ({label('evidence', row['evidence'])})"


def _change_finding(region: str, year: int, base: int, rows: Rows) -> str:
    said = {"region": label("region", region), "base": base, "year": year}
    total = next((row for row in rows if row["part"] == "total"), None)
    if total is None:
        return _(
            "{region}, {base} to {year}: the change as a whole is not known, only that of single "
            "nationalities"
        ).format(**said)
    whole = _signed_persons(total, total["change_pct"])
    parts = [row for row in rows if row["part"] in ("nationality", "group")]
    if not parts:
        return _(
            "{region}, {base} to {year}: {whole}; no nationality has figures of both years"
        ).format(**said, whole=whole)
    if rows[-1]["change"] is None:
        return _(
            "{region}, {base} to {year}: {whole}, which cannot be divided, since the published "
            "nationalities contradict the total or each other"
        ).format(**said, whole=whole)
    return _(
        "{region}, {base} to {year}: {whole}, of which {name} {change}; other or unpublished {rest}"
    ).format(
        **said,
        whole=whole,
        name=_change_name(parts[0]),
        change=_signed_persons(parts[0]),
        rest=_signed_persons(rows[-1]),
    )


def concentration_chart(region: str, year: int, rows: Rows, mix: Rows, rates: Rows) -> Chart:
    """For each year, from what three published nationalities hold to what the greatest could.

    Args:
        region: code of the region.
        year: the year of the finding.
        rows: answer to `nationality_concentration`, at least one with a share.
        mix: answer to `patients_by_nationality` of that year.
        rates: answer to `printed_rates` of that year.
    """
    figure = bare_figure(320)
    known = [row for row in rows if row["share_pct"] is not None]
    colours = [SUBJECT if row["year"] == year else OTHER for row in known]
    figure.add_trace(
        go.Bar(
            x=[row["year"] for row in known],
            y=[row["share_most_pct"] - row["share_pct"] for row in known],
            base=[row["share_pct"] for row in known],
            width=0.5,
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"color": colours, "width": 1},
                "pattern": {
                    "shape": "/",
                    "fillmode": "replace",
                    "fgcolor": colours,
                    "bgcolor": "rgba(0,0,0,0)",
                    "size": 7,
                },
            },
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Bar(
            x=[row["year"] for row in known],
            y=[row["share_pct"] for row in known],
            width=0.5,
            marker={"color": colours},
            text=[percent_text(row["share_pct"], 0) for row in known],
            textposition="inside",
            insidetextanchor="end",
            textangle=0,
            constraintext="none",
            textfont={
                "color": [_ON_SUBJECT if colour == SUBJECT else _ON_OTHER for colour in colours],
                "size": 13,
            },
            customdata=[(country_text(row["nationality"]), _range(row)) for row in known],
            hovertemplate="%{x}: %{customdata[0]} %{customdata[1]}<extra></extra>",
        )
    )
    figure.update_layout(barmode="overlay")
    first, last = known[0]["year"], known[-1]["year"]
    middle = (first + last) / 2
    half = max((last - first) / 2, 2) + 0.6
    figure.update_xaxes(
        tickformat="d",
        dtick=max(1, (last - first) // 6),
        tickangle=0,
        showgrid=False,
        range=[middle - half, middle + half],
    )
    figure.update_yaxes(range=[0, 100], ticksuffix="%", nticks=6)
    title = concentration_finding(region, year, rows, mix, rates)
    points = ", ".join(
        f"{row['year']} {country_text(row['nationality'])} {_range(row)}" for row in known
    )
    return Chart(title, figure, f"{title}. {points}")


def _range(row: dict[str, Any]) -> str:
    least, most = percent_text(row["share_pct"]), percent_text(row["share_most_pct"])
    return least if least == most else f"{least} – {most}"


def concentration_finding(region: str, year: int, rows: Rows, mix: Rows, rates: Rows) -> str:
    """What the three greatest nationalities hold in a year, as far as that may be said.

    Args:
        region: code of the region.
        year: the year, which is among the rows.
        rows: answer to `nationality_concentration`.
        mix: answer to `patients_by_nationality` of that year.
        rates: answer to `printed_rates` of that year.
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
