"""What is said beside the value of a metric: change, target, evidence, and what else is known."""

from collections.abc import Mapping
from typing import Any

from dashboard.content.findings import named_centres, rank_among
from dashboard.content.proofs import persons_range_text, places_text
from dashboard.i18n import gettext as _
from dashboard.i18n import (
    label,
    ngettext,
    percent_text,
    points_text,
    quantity_text,
    sentence_figure,
    together_with,
)
from dashboard.i18n.evidence import approximated, sign_and_name
from dashboard.kpi import PATIENTS, Reading
from dashboard.store.ask import Record

PER_CENT_UNITS = frozenset({"persons", "krw", "krw_per_person"})
"""Per cent of a handful of events or centres would say more than they do."""
_LEAST_POINTS = 0.1
"""The least difference of two shares that is printed, in percentage points."""


def value_text(reading: Reading) -> str:
    """The value as the tile prints it; a range where that is all, or all that is sure, of it."""
    if reading.metric.question == "ranking" and (reading.row or reading.bound):
        return _("No. {rank}").format(rank=_places(reading))
    if says_range(reading) and reading.bound:
        return persons_range_text(reading.bound)
    return quantity_text(
        reading.value,
        reading.metric.unit,
        reading.is_approximate,
        is_lower_bound=reading.is_lower_bound,
    )


def says_range(reading: Reading) -> bool:
    """Whether a range stands for the value: without a figure, and of a rank that is not certain."""
    if reading.ends is None:
        return False
    low, high = reading.ends
    return reading.value is None or (reading.metric.question == "ranking" and low < high)


def _places(reading: Reading) -> str:
    """The places among all where they are bounded, else those among the regions with a figure."""
    if reading.bound is not None:
        return places_text(reading.bound)
    row = reading.row or {}
    return places_text(row) if reading.certain_rank is not None else rank_among(row)


def evidence_words(reading: Reading) -> str:
    """Sign and name of the evidence, and how many publishers print the value."""
    text = sign_and_name(reading.evidence)
    if reading.printed_by:
        printed = ngettext("printed by {count}", "printed by {count}", reading.printed_by).format(
            count=reading.printed_by
        )
        return f"{text} · {printed}"
    return text


def _is_rounded_away(points: float) -> bool:
    """Whether a difference in percentage points would be printed as none."""
    return points_text(abs(points), signed=False) == points_text(0, signed=False)


def change_words(reading: Reading) -> dict[str, Any]:
    """Change on the year in words: arrow by rise or fall, mood by what the metric calls good."""
    change = reading.change
    if change is None or reading.metric.unit == "rank":
        return {"change": "", "arrow": "", "mood": "even", "versus": ""}
    if change == 0:
        text = _("unchanged")
    elif reading.metric.unit == "pct" and _is_rounded_away(change):
        least = points_text(_LEAST_POINTS, signed=False)
        text, change = _("changed by less than {least}").format(least=least), 0
    elif reading.metric.unit == "pct":
        # The arrow says the sign of both.
        text = approximated(points_text(abs(change), signed=False), reading.is_approximate)
    else:
        row = reading.row or {}
        rounded = reading.is_approximate or bool(row.get("is_previous_approximate"))
        text = quantity_text(abs(change), reading.metric.unit, rounded)
        if reading.change_pct is not None and reading.metric.unit in PER_CENT_UNITS:
            per_cent = approximated(percent_text(abs(reading.change_pct)), rounded)
            text += f" ({per_cent})"
    rising = {"up": "good", "down": "bad", "none": "even"}[reading.metric.direction]
    falling = {"up": "bad", "down": "good", "none": "even"}[reading.metric.direction]
    return {
        "change": text,
        "arrow": "▲" if change > 0 else "▼" if change < 0 else "■",
        "mood": rising if change > 0 else falling if change < 0 else "even",
        "versus": _("on {year}").format(year=reading.previous_year),
    }


def target_words(reading: Reading) -> dict[str, Any]:
    """The target in words, and the part of it that was reached, in per cent up to 100."""
    if reading.target is None or not reading.target:
        return {"target": "", "attainment": 0}
    target = quantity_text(reading.target, reading.metric.unit, reading.is_target_approximate)
    if reading.value is None:
        return {"target": _("Target {target}").format(target=target), "attainment": 0}
    attained = 100 * reading.value / reading.target
    rounded = reading.is_approximate or reading.is_target_approximate
    text = _("Target {target}: {attained} reached").format(
        target=target, attained=approximated(percent_text(attained), rounded)
    )
    return {"target": text, "attainment": min(attained, 100)}


def reading_notes(record: Record, reading: Reading) -> list[str]:
    """What has to be said on the tile itself, not only behind its badge."""
    row = reading.row or {}
    shared = [*shared_sentences(reading), *_named_centres(record, reading)]
    if reading.metric.question == "ranking" and reading.bound is not None:
        return [_("of all {all} regions").format(all=reading.bound["region_count"])]
    if reading.value is None:
        return [*_known_instead(record, reading), *shared]
    if row.get("is_printed"):
        return [_("as printed by sources, not computed")]
    if reading.metric.question == "ranking":
        return [_rank_note(row)]
    if reading.metric.unit == "rank" and reading.previous_year:
        previous = quantity_text(row["previous_value"], "rank")
        return [_("{year}: {value}").format(year=reading.previous_year, value=previous)]
    notes = []
    if reading.ends and 0 < reading.ends[0] < reading.ends[1] and reading.bound:
        bounds = _("{range} by what else is printed")
        notes.append(bounds.format(range=persons_range_text(reading.bound)))
    printed = row.get("printed_change_pct")
    if printed is not None and reading.change is None:
        change = percent_text(printed, signed=True)
        notes.append(_("Change on the year as printed: {change}").format(change=change))
    notes += filter(None, [dissent_text(row.get("dissent_count"))])
    if (row.get("item_count") or 1) > 1 and reading.metric.additive:
        notes.append(_("sum of {count} items").format(count=row["item_count"]))
    if row.get("unpublished_count"):
        notes.append(
            ngettext(
                "{count} year without a published amount is not in it",
                "{count} years without a published amount are not in it",
                row["unpublished_count"],
            ).format(count=row["unpublished_count"])
        )
    return [*notes, *shared]


def dissent_text(count: int | None) -> str:
    """How many claims differ from what is shown; empty for none."""
    if not count:
        return ""
    return ngettext("{count} claim differs", "{count} claims differ", count).format(count=count)


def _rank_note(row: Mapping[str, Any]) -> str:
    """Among how many regions a rank was computed, and where it could lie among all."""
    if row["rank_best"] == row["rank_worst"]:
        said = _("of all {all} regions")
    elif row["of_count"] == 1:
        said = _("the only region with a figure; {best} to {worst} among all {all}")
    else:
        said = _("of {of_count} regions with figures; {best} to {worst} among all {all}")
    return said.format(
        of_count=row["of_count"],
        best=row["rank_best"],
        worst=row["rank_worst"],
        all=row["region_count"],
    )


def _named_centres(record: Record, reading: Reading) -> list[str]:
    """Beside an announced total of centres: what the record can name, which is another count."""
    if reading.metric.id != "promotion_centres":
        return []
    asked: dict[str, object] = {"owner_region": reading.region}
    years = record.ask("map_years", asked, reading.answer.build).rows
    return [
        _("not announced, but counted by name: {counts}").format(counts=said)
        if reading.value is None
        else said
        for row in years
        if row["year"] == reading.year and (said := ", ".join(named_centres(row)))
    ]


def shared_sentences(reading: Reading) -> list[str]:
    """What the region has jointly with others: of the group, never added to its own nor divided."""
    return [
        _("jointly {partners}: {value}").format(
            partners=together_with(label("region", row["partners"])),
            value=sentence_figure(row),
        )
        for row in (reading.shared.rows if reading.shared else ())
    ]


def _known_instead(record: Record, reading: Reading) -> list[str]:
    """Without a settled figure: what else is known, in place of an invented point."""
    metric = reading.metric
    if metric.question != "figure" or not reading.answer.rows:
        return []  # of a metric that the record never names it knows nothing else either
    if metric.additive and metric.params["metric"] != PATIENTS:
        return []  # what can be added up is a figure, and other years stand in the trend
    asked: dict[str, object] = {
        "metric": metric.params["metric"],
        "region": reading.region,
        "year": reading.year,
    }
    known = record.ask("known_instead", asked, reading.answer.build)
    # Said as shared, as the value, and in the years of the trend.
    elsewhere = ("group", "at most", "latest figure", "first figure")
    return [known_sentence(row) for row in known.rows if row["kind"] not in elsewhere]


def known_sentence(row: dict[str, Any]) -> str:
    """A row of `known_instead` in words."""
    patterns = {
        "item": _("{item}: {value}"),
        "group": _("{year}: {regions} together {value}"),
        "left out": _("{year}: {value} is printed but left out as an error"),
        "at most": _("{year}: {value} at most, by what else is printed"),
        "share": _("{year}: share of Korea {value}"),
        "change": _("{year}: change on the year {value}"),
        "latest figure": _("latest: {year}, {value}"),
        "first figure": _("{year}: {value}"),
        "previous figure": _("{year}: {value}"),
        "next figure": _("{year}: {value}"),
        "next change": _("{year}: change on the year before {value}"),
    }
    if row["kind"] in ("change", "next change"):
        change = percent_text(row["value"], signed=True)
        value = approximated(change, row["is_approximate"])
    elif row["kind"] == "at most":
        value = quantity_text(row["high"], row["unit"])
    else:
        value = sentence_figure(row)
    return patterns[row["kind"]].format(
        year=row["year"],
        value=value,
        item=label("programme", row["item"]),
        regions=label("region", row["region"]),
    )
