"""What held events report from attendance to contract, and what must not be read into it."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows, bare_figure
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import figure_text, label, ngettext, number_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated

Row = dict[str, Any]

_BAR_PIXELS, _LINE_PIXELS, _AXIS_PIXELS = 16, 18, 52


@dataclass(frozen=True)
class _Bar:
    """A bar with its words above it: solid, hollow behind it, and the whole as a pale ground."""

    words: tuple[str, ...]
    """Name, value, and what they rest on, each as short as a telephone is wide."""
    solid: float
    hollow: float
    whole: float = 0


def stages_chart(rows: Rows) -> Chart:
    """For each stage, how many of the held events report it; the sums stand in words.

    The bars count events, since persons, sessions and cases share no axis and the stages come from
    different events.

    Args:
        rows: stage, unit (str), is_step (bool), held_count, reporting_count, exact_count,
            approximate_count, dissent_count (int), value, exact_value (float or None); in order.
    """
    bars = [
        _Bar(_stage_words(row), row["exact_count"], row["approximate_count"], row["held_count"])
        for row in rows
    ]
    title = _stages_finding(rows)
    return Chart(title, _bars(bars, label("unit", "events")), _alt(title, bars))


def stage_value(row: Row) -> str:
    """The sum of a stage; of a mixed one also how much of it is exact."""
    text = figure_text(row)
    if row["approximate_count"] and row["exact_count"]:
        text += " " + _("({exact} of it exact)").format(exact=number_text(row["exact_value"], 2))
    return text


def _stage_words(row: Row) -> tuple[str, ...]:
    """A stage with its sum, and how many of the held events it rests on."""
    parts = [
        _("{reporting} of {held} events").format(
            reporting=row["reporting_count"], held=row["held_count"]
        )
    ]
    if row["approximate_count"]:
        parts.append(_("approximate in {count}").format(count=row["approximate_count"]))
    if row["dissent_count"]:
        parts.append(_("sources differ in {count}").format(count=row["dissent_count"]))
    if row["unit"] == "participants":
        parts.append(_("persons or firms not said"))
    if not row["is_step"]:
        parts.append(_("not a booking"))
    return (f"<b>{label('measure', row['stage'])}</b> {stage_value(row)}", " · ".join(parts))


def conversion_chart(rows: Rows) -> Chart:
    """Persons at a later stage per 100 at an earlier one, over the events that report both.

    Args:
        rows: from_stage, to_stage, unit (str), event_count, approximate_count, dissent_count (int),
            from_value, to_value, per_100 (float or None).
    """
    bars = []
    for row in rows:
        is_approximate = row["approximate_count"] > 0
        per_100 = row["per_100"] or 0
        bars.append(
            _Bar(
                _conversion_words(row),
                0 if is_approximate else per_100,
                per_100 if is_approximate else 0,
                0 if row["per_100"] is None else 100,
            )
        )
    title = _conversion_finding(rows)
    return Chart(title, _bars(bars, _("per 100 persons")), _alt(title, bars))


def _conversion_words(row: Row) -> tuple[str, ...]:
    """Two stages and what passes from one to the other; without an event of both, no figure."""
    name = f"<b>{_pair(row)}</b>"
    if row["per_100"] is None:
        return (name, f"{label('evidence', 'no data')} · " + _("no event reports both"))
    rate = [_per_100(row)]
    if row["dissent_count"]:
        rate.append(_("sources differ in {count}").format(count=row["dissent_count"]))
    basis = _("{to} of {of}").format(to=_persons(row, "to_value"), of=_persons(row, "from_value"))
    return (name, " · ".join(rate), f"{basis} · {_events(row['event_count'])}")


def yield_chart(stage: str, rows: Rows) -> Chart:
    """What an event of each type reports on average, over the events that report the stage.

    Types of which no event reports it have no bar; the page names them.

    Args:
        stage: the stage.
        rows: event_type (str), unit (str or None), held_count, reporting_count,
            approximate_count (int), mean_value (float or None); the highest first.
    """
    bars = []
    for row in rows:
        if row["mean_value"] is None:
            continue
        is_approximate = row["approximate_count"] > 0
        mean = row["mean_value"]
        bars.append(
            _Bar(
                _yield_words(row),
                0 if is_approximate else mean,
                mean if is_approximate else 0,
            )
        )
    units = [str(row["unit"]) for row in rows if row["unit"]]
    title = _yield_finding(stage, rows)
    unit = label("unit", units[0]) if units else ""
    return Chart(title, _bars(bars, unit), _alt(title, bars))


def _bars(bars: list[_Bar], unit: str) -> go.Figure:
    """Bars with their words above them, so that a narrow page cuts nothing."""
    lines = max((len(bar.words) for bar in bars), default=1)
    slot = _BAR_PIXELS + 20 + _LINE_PIXELS * lines
    figure = bare_figure(_AXIS_PIXELS + slot * max(len(bars), 1))
    places = list(range(len(bars)))
    figure.add_trace(
        go.Bar(
            x=[bar.whole for bar in bars],
            y=places,
            orientation="h",
            marker={"color": OTHER},
            opacity=0.18,
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Bar(
            x=[bar.solid for bar in bars],
            y=places,
            orientation="h",
            marker={"color": SUBJECT},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Bar(
            x=[bar.hollow for bar in bars],
            y=places,
            base=[bar.solid for bar in bars],
            orientation="h",
            marker={
                "color": "rgba(37,110,244,0.12)",
                "line": {"color": SUBJECT, "width": [2 if bar.hollow else 0 for bar in bars]},
            },
            hoverinfo="skip",
        )
    )
    for place, bar in zip(places, bars, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=place,
            yanchor="bottom",
            yshift=_BAR_PIXELS / 2,
            text="<br>".join(bar.words),
            align="left",
            showarrow=False,
            font={"size": 13},
        )
    greatest = max((max(bar.whole, bar.solid + bar.hollow) for bar in bars), default=0)
    figure.update_layout(
        barmode="overlay",
        bargap=1 - _BAR_PIXELS / slot,
        margin={"l": 8, "r": 16, "t": 0, "b": _AXIS_PIXELS},
    )
    figure.update_xaxes(
        range=[0, (greatest or 1) * 1.02],
        title={"text": unit, "font": {"size": 13}, "standoff": 14},
        nticks=6,
        rangemode="tozero",
        tickformat=",",
        automargin=False,
        visible=greatest > 0,
    )
    below = (_BAR_PIXELS / 2 + 4) / slot
    figure.update_yaxes(visible=False, range=[len(bars) - 1 + below, below - 1])
    return figure


def _alt(title: str, bars: list[_Bar]) -> str:
    words = "; ".join(" · ".join(bar.words) for bar in bars)
    return f"{title}. {words}".replace("<b>", "").replace("</b>", "")


def _stages_finding(rows: Rows) -> str:
    held = rows[0]["held_count"] if rows else 0
    if not held:
        return _("No held event to look at")
    steps = [row for row in rows if row["is_step"] and row["reporting_count"]]
    if not steps:
        return _("None of the {held} held events reports any stage").format(held=held)
    most = max(steps, key=lambda row: row["reporting_count"])
    others = [row for row in rows if row["is_step"] and row["stage"] != most["stage"]]
    least = min(others, key=lambda row: row["reporting_count"])
    return _(
        "Of {held} held events {most} report “{most_stage}” and {least} “{least_stage}”: "
        "each stage counts only its own events"
    ).format(
        held=held,
        most=most["reporting_count"],
        most_stage=label("measure", most["stage"]),
        least=least["reporting_count"],
        least_stage=label("measure", least["stage"]),
    )


def _conversion_finding(rows: Rows) -> str:
    known = [row for row in rows if row["per_100"] is not None]
    if not known:
        return _("No held event reports two of these stages in persons")
    best = max(known, key=lambda row: (row["event_count"], row["to_stage"] == "reservations"))
    return _("{pair}: {rate}, over {events} that report both").format(
        pair=_pair(best), rate=_per_100(best), events=_events(best["event_count"])
    )


def _yield_finding(stage: str, rows: Rows) -> str:
    name = label("measure", stage)
    known = [row for row in rows if row["mean_value"] is not None]
    if not known:
        return _("{stage}: no held event reports any").format(stage=name)
    found = superlative(
        [figure_range(row["mean_value"], bool(row["approximate_count"])) for row in known], None
    )
    if len(found.places) != 1:
        return ngettext(
            "{stage}: reported by events of {count} type",
            "{stage}: reported by events of {count} types",
            len(known),
        ).format(stage=name, count=len(known))
    best = known[found.places[0]]
    return _(
        "{stage}: of the types that report it, most per event of “{type}”, {mean} ({basis})"
    ).format(
        stage=name,
        type=label("event_type", best["event_type"]),
        mean=_mean(best),
        basis=_basis(best),
    )


def _yield_words(row: Row) -> tuple[str, ...]:
    return (f"<b>{label('event_type', row['event_type'])}</b>", f"{_mean(row)} · {_basis(row)}")


def _mean(row: Row) -> str:
    """The mean to one decimal, as more would pretend."""
    mean = _("{value} {unit}").format(
        value=number_text(row["mean_value"], 1), unit=label("unit", row["unit"])
    )
    return approximated(mean, row["approximate_count"] > 0)


def _basis(row: Row) -> str:
    return _("{reporting} of {held}").format(
        reporting=row["reporting_count"], held=row["held_count"]
    )


def _pair(row: Row) -> str:
    return f"{label('measure', row['from_stage'])} → {label('measure', row['to_stage'])}"


def _per_100(row: Row) -> str:
    rate = approximated(number_text(row["per_100"], 1), row["approximate_count"] > 0)
    return _("{value} per 100 persons").format(value=rate)


def _persons(row: Row, column: str) -> str:
    return figure_text(row, column)


def _events(count: int) -> str:
    return ngettext("{count} event", "{count} events", count).format(count=count)
