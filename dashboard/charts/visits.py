"""Visits that a city handed in: by month, and by nationality."""

from datetime import date

import plotly.graph_objects as go

from dashboard.charts.bar_rows import Bar, BarRow, bar_rows
from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.superlatives import Form, figure_range, superlative
from dashboard.i18n import country_text, date_text, label, ngettext, quantity_text
from dashboard.i18n import gettext as _


def visits_chart(region: str, rows: Rows) -> Chart:
    """Visits of each month; a month without rows is a gap, a withheld one a hollow mark at zero.

    Args:
        region: ISO 3166-2:KR code.
        rows: of the question `visits_by_month`, at least one.
    """
    months = _months(rows[0]["month"], rows[-1]["month"])
    known = {row["month"]: row for row in rows}
    values = [known[month]["visit_count"] if month in known else None for month in months]
    withheld = [row["month"] for row in rows if row["is_withheld"]]
    texts = [
        f"{date_text(month)}: {_count_text(known[month])}" if month in known else ""
        for month in months
    ]
    figure = bare_figure(320)
    figure.add_trace(
        go.Scatter(
            x=months,
            y=values,
            mode="lines+markers",
            line={"color": SUBJECT},
            marker={"size": 7},
            hovertext=texts,
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=withheld,
            y=[0] * len(withheld),
            mode="markers",
            marker={"symbol": "circle-open", "size": 10, "color": OTHER, "line": {"width": 2}},
            hovertext=[
                f"{date_text(month)}: {label('evidence', 'withheld')}" for month in withheld
            ],
            hoverinfo="text",
        )
    )
    figure.update_xaxes(type="date", tickformat="%Y-%m")
    figure.update_yaxes(rangemode="tozero", title=label("unit", "visits"))
    shown = [row for row in rows if row["visit_count"] is not None]
    if not shown:
        title = _("{region}: every month has too few visits to be shown").format(
            region=label("region", region)
        )
    else:
        title = _months_finding(region, shown)
    return Chart(title, figure, f"{title}. {'; '.join(text for text in texts if text)}")


def visit_countries_chart(region: str, year: int, rows: Rows) -> Chart:
    """Visits of a year by nationality, the most first.

    Args:
        region: ISO 3166-2:KR code.
        year: calendar year.
        rows: of the question `visits_by_nationality`, at least one.
    """
    names = [
        country_text(row["nationality"]) if row["nationality"] else _("not stated") for row in rows
    ]
    texts = [_count_text(row) for row in rows]
    bars = [
        BarRow(name, (Bar(row["visit_count"], text, SUBJECT if place == 0 else OTHER),))
        for place, (name, text, row) in enumerate(zip(names, texts, rows, strict=True))
    ]
    title = _countries_finding(region, year, rows)
    data = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    return Chart(title, bar_rows(bars), f"{title}. {data}")


def _months_finding(region: str, shown: Rows) -> str:
    """The month of most visits; withheld months have fewer than any that is shown."""
    found = superlative([figure_range(row["visit_count"]) for row in shown], None)
    said = {"region": label("region", region), "count": len(shown)}
    if found.form is Form.NOTHING:
        return ngettext(
            "{region}: visits of {count} month", "{region}: visits of {count} months", len(shown)
        ).format(**said)
    most = [shown[place] for place in found.places]
    return _("{region}: of {count} months with visits, the most in {month}, {visits}").format(
        **said,
        month=", ".join(date_text(row["month"]) for row in most),
        visits=quantity_text(most[0]["visit_count"], "visits"),
    )


def _countries_finding(region: str, year: int, rows: Rows) -> str:
    """The country of most visits, unless those whose country is not stated could exceed it."""
    stated = [row for row in rows if row["nationality"] and not row["is_withheld"]]
    others = [row for row in rows if not row["nationality"]]
    rest = sum(row["visit_count"] or 0 for row in others)
    is_known = not any(row["is_withheld"] for row in rows)
    found = superlative(
        [figure_range(row["visit_count"]) for row in stated], rest if is_known else None
    )
    said = {"region": label("region", region), "year": year, "count": len(stated)}
    if found.form is Form.NOTHING:
        return ngettext(
            "{region} {year}: visits of {count} nationality",
            "{region} {year}: visits of {count} nationalities",
            len(stated),
        ).format(**said)
    most = [stated[place] for place in found.places]
    pattern = (
        _("{region} {year}: most visits from {country}, {visits}")
        if found.form is Form.PLAIN
        else _(
            "{region} {year}: of {count} nationalities shown, most visits from {country}, {visits}"
        )
    )
    return pattern.format(
        **said,
        country=", ".join(country_text(row["nationality"]) for row in most),
        visits=_count_text(most[0]),
    )


def _count_text(row: dict[str, object]) -> str:
    if row["is_withheld"]:
        return label("evidence", "withheld")
    count = row["visit_count"]
    assert isinstance(count, int)
    return quantity_text(count, "visits")


def _months(first: str, last: str) -> list[str]:
    """Every month from one to the other, as YYYY-MM."""
    begin, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    count = (end.year - begin.year) * 12 + end.month - begin.month + 1
    return [
        f"{begin.year + (begin.month - 1 + step) // 12}-{(begin.month - 1 + step) % 12 + 1:02}"
        for step in range(count)
    ]
