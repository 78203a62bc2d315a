"""What held events report from attendance to contract, and what must not be read into it."""

from collections import Counter
from dataclasses import replace

from dashboard.content.cells import counts
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.figure_charts import kinds_chart
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import figure_text, label, ngettext, number_text, quantity_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, evidence_of_ratio, flagged


def stages_chart(rows: Rows) -> ChartBlock:
    """For each stage, how many of the held events report it; the sums stand in words.

    The bars count events, since persons, sessions and cases share no axis and the stages come from
    different events. The rows are an answer to `event_stages`.
    """
    title = _stages_finding(rows)
    shown = Counter(row["stage"] for row in rows)
    return ChartBlock(
        "bar",
        title,
        label("unit", "events"),
        tuple(
            label("measure", row["stage"])
            if shown[row["stage"]] == 1
            else _("{name} ({value})").format(
                name=label("measure", row["stage"]), value=_counted(row["unit"])
            )
            for row in rows
        ),
        (
            Series(_("Exact figure"), counts(rows, "exact_count"), True),
            Series(label("evidence", "approximate"), counts(rows, "approximate_count"), True, True),
        ),
        f"{title}. {'; '.join(map(stage_words, rows))}",
        _(
            "Bars count events: filled where the figure is exact, striped where it is approximate. "
            "An event that reports nothing is not zero. Only settled figures of held events enter; "
            "what was announced does not. Persons, participants, organisations, sessions and cases "
            "are never added to each other."
        ),
    )


def _counted(unit: str) -> str:
    """What a stage counts: persons and participants have one unit word in Korean."""
    return _("persons or firms not said") if unit == "participants" else label("unit", unit)


def stage_words(row: Row) -> str:
    """The sum of a row of `event_stages`, on how many events it rests, what is known of it."""
    text = f"{label('measure', row['stage'])}: {figure_text(row)}"
    if row["approximate_count"] and row["exact_count"]:
        text += " " + _("({exact} of it exact)").format(exact=number_text(row["exact_value"], 2))
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
        parts.append(_counted(row["unit"]))
    if not row["is_step"]:
        parts.append(_("not a booking"))
    return " · ".join((text, *parts))


def conversion_chart(rows: Rows) -> ChartBlock:
    """Persons at a later stage per 100 at an earlier one, over the events that report both.

    The rows are an answer to `event_conversions`.
    """
    unit = _("per 100 persons")
    bars = [(_pair(row), _conversion(row), Series(unit, (), True)) for row in rows]
    note = _(
        "Only over events that report both stages in persons; they need not be the same persons, "
        "so a value may pass 100. Hollow bars rest wholly or partly on approximate figures."
    )
    return replace(kinds_chart(_conversion_finding(rows), unit, bars), note=note)


def conversion_words(row: Row) -> str:
    """From how many persons to how many, over how many events: `event_conversions`, with a rate."""
    steps = f"{figure_text(row, 'from_value')} → {figure_text(row, 'to_value')}"
    return f"{_pair(row)}: {steps} · {_events(row['event_count'])}"


def _conversion(row: Row) -> Cell:
    sources = tuple(row["source_ids"])
    if row["per_100"] is None:
        none = f"{label('evidence', 'no data')} · " + _("no event reports both")
        return Cell(none, None, "no data", sources)
    text = _per_100(row)
    if row["dissent_count"]:
        text += " · " + _("sources differ in {count}").format(count=row["dissent_count"])
    return Cell(text, row["per_100"], _evidence(row), sources)


def _evidence(row: Row) -> str:
    return evidence_of_ratio(row["approximate_count"], row["dissent_count"])


def yield_chart(stage: str, rows: Rows) -> ChartBlock:
    """What an event of each type reports on average, over the events that report the stage.

    The rows of `event_yield` have the highest first. Types of which no event reports it have no
    bar; the note names them.
    """
    known = [row for row in rows if row["mean_value"] is not None]
    silent = " · ".join(
        f"{label('event_type', row['event_type'])} {row['held_count']}"
        for row in rows
        if not row["reporting_count"]
    )
    bars = [
        (
            label("event_type", row["event_type"]),
            Cell(
                _("{name} ({value})").format(name=_mean(row), value=_basis(row)),
                row["mean_value"],
                row["evidence"],
                tuple(row["source_ids"]),
            ),
            Series(label("measure", stage), (), True),
        )
        for row in known
    ]
    unit = label("unit", known[0]["unit"]) if known else ""
    note = _("No data: {types}").format(types=silent) if silent else ""
    return replace(kinds_chart(_yield_finding(stage, rows), unit, bars), note=note)


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
    return _("{pair}: {rate}, over {events} with figures of both").format(
        pair=_pair(best),
        rate=flagged(_per_100(best), _evidence(best)),
        events=_events(best["event_count"]),
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
        mean=flagged(_mean(best), best["evidence"]),
        basis=_basis(best),
    )


def _mean(row: Row) -> str:
    """The mean to one decimal, as more would pretend."""
    mean, is_approximate = round(float(row["mean_value"]), 1), row["approximate_count"] > 0
    if mean.is_integer():
        return quantity_text(mean, row["unit"], is_approximate)
    text = _("{value} {unit}").format(value=number_text(mean, 1), unit=label("unit", row["unit"]))
    return approximated(text, is_approximate)


def _basis(row: Row) -> str:
    return _("{reporting} of {held}").format(
        reporting=row["reporting_count"], held=row["held_count"]
    )


def _pair(row: Row) -> str:
    return f"{label('measure', row['from_stage'])} → {label('measure', row['to_stage'])}"


def _per_100(row: Row) -> str:
    rate = approximated(number_text(row["per_100"], 1), row["approximate_count"] > 0)
    return _("{value} per 100 persons").format(value=rate)


def _events(count: int) -> str:
    return ngettext("{count} event", "{count} events", count).format(count=count)
