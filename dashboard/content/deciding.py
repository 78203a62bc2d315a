"""Why a figure is the one it is, in words: the steps of the settling rule that decided.

The rule is SQL (`queries/marts/fct_claim.sql`), which says of every claim at which step it lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.i18n import (
    date_text,
    label,
    ngettext,
    number_text,
    percent_text,
    quantity_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, is_contested
from dashboard.i18n.particles import with_particles
from dashboard.kpi import Reading
from dashboard.store.answer import Row, Rows

STEPS = (
    "error",
    "place only",
    "status",
    "own office",
    "rounding",
    "tier",
    "publishers",
    "date",
    "id",
)
"""`lost_at` of `claims`, in the order in which it is decided."""
AGREES = "agrees"
"""In the place of a step: a value that is the settled one when that is rounded."""
_WITH_UNIT = frozenset({"krw", "krw_per_person", "usd", "pct", "rank"})
"""Units without which a number would be another one."""


@dataclass(frozen=True)
class Rival:
    """A value that was not settled on, and the step at which the last of its claims lost."""

    claim: Row
    """The claim that stood longest."""
    step: str
    """One of `STEPS`, or `AGREES`."""
    sentence: str


@dataclass(frozen=True)
class Decision:
    """One figure: the claim that was settled on, and every other value that is printed."""

    claims: Rows
    """Of one cell, the settled one first."""
    chosen: Row | None
    rivals: tuple[Rival, ...]

    @property
    def text(self) -> str:
        """What was settled on and why, then each other value with the reason against it."""
        reasons = [one.sentence for one in self.rivals]
        if not reasons and self.chosen is not None:
            reasons = [_("No other value is printed")]
        said = (_chosen_text(self.chosen), *reasons)
        return " ".join(f"{one.removesuffix('.')}." for one in said)


def decisions(claims: Iterable[Row]) -> list[Decision]:
    """One for each figure that the rows of `claims` are about, in their order."""
    cells: dict[str, list[Row]] = {}
    for row in claims:
        cells.setdefault(row["cell_id"], []).append(row)
    found = []
    for cell in cells.values():
        chosen = next((row for row in cell if row["is_settled"]), None)
        values: dict[float, list[Row]] = {}
        for row in cell:
            if chosen is None or row["value"] != chosen["value"]:
                values.setdefault(row["value"], []).append(row)
        rivals = [_rival(rows, chosen) for rows in values.values()]
        # Those that agree come last, and of the others first those that stood longest.
        rivals.sort(key=lambda one: (one.step == AGREES, -_place(one.step)))
        found.append(Decision(tuple(cell), chosen, tuple(rivals)))
    return found


def deciding_text(reading: Reading, claims: Sequence[Row] = ()) -> str:
    """Why the value of a metric is what it is; empty where only its range is known, or nothing.

    Args:
        reading: the metric of a region and year.
        claims: the rows of `claims` about it; none of a metric that is computed.
    """
    decided = decisions(claims)
    if decided and (decided[0].claims[0]["item"] is None or len(decided) == 1):
        text = decided[0].text
        if is_contested(reading.evidence):
            text += " " + _("Another value weighs as much, so the figure is marked as contested.")
        return text
    computed = _computed_text(reading)
    return " ".join(text for text in (computed, *_disputes(decided)) if text)


def disputes_text(claims: Iterable[Row]) -> list[str]:
    """Of each figure of which another value is printed: what it is of, and why it is the one."""
    return _disputes(decisions(claims))


def _disputes(decided: Iterable[Decision]) -> list[str]:
    return [f"{_item(one)}: {one.text}" for one in decided if one.rivals]


def _place(step: str) -> int:
    return STEPS.index(step) if step in STEPS else -1


def _rival(rows: Sequence[Row], chosen: Row | None) -> Rival:
    """The value of some claims, by the one that stood longest of those that do not agree."""
    against = [row for row in rows if row["agreement"] != "rounded support"]
    if not against:
        return Rival(rows[0], AGREES, _against(rows[0], AGREES, chosen))
    last = max(against, key=lambda row: _place(row["lost_at"]))
    return Rival(last, last["lost_at"], _against(last, last["lost_at"], chosen))


def _chosen_text(chosen: Row | None) -> str:
    if chosen is None:
        return _("No value was settled on")
    value = printed_text(chosen)
    kind = _("a rounded {status} value") if chosen["approximate"] else _("an exact {status} value")
    count = chosen["printed_by"]
    if not count:
        printed = _("that the office itself handed in")
    elif count == 1:
        printed = _("that one publisher prints")
    else:
        printed = _("that {count} publishers print").format(count=count)
    merits = _("{kind} {printed}").format(
        kind=kind.format(status=label("status", chosen["status"])), printed=printed
    )
    return with_particles(_("{value} was settled on: {merits}").format(value=value, merits=merits))


def _against(claim: Row, step: str, chosen: Row | None) -> str:
    """What stands against a value, true of its claim and of the settled one."""
    patterns = {
        AGREES: _("{value} agrees when rounded"),
        "error": _("{value} is left out as an error"),
        "place only": _("{value} is of a source that vouches for places only"),
        "status": _statuses().get(claim["status"], _("{value} is a provisional value")),
        "own office": _("{value} is what an office handed in about itself"),
        "rounding": _("{value} is a rounded value"),
        "tier": _("{value} stands in {tier}, not in {chosen}"),
        "publishers": ngettext(
            "{value} is printed by {count} publisher only",
            "{value} is printed by {count} publishers only",
            claim["printed_by"],
        ),
        "date": _("{value} is older, of {date}")
        if claim["published_on"]
        else _("{value} has no date"),
        "id": _("{value} is equal in every step, and stands later in the record"),
    }
    sentence = patterns[step].format(
        value=bare_text(claim),
        tier=_tiers().get(claim["tier"], _("what an office handed in")),
        chosen=_tiers().get(chosen["tier"], _("what an office handed in")) if chosen else "",
        count=number_text(claim["printed_by"]),
        date=date_text(claim["published_on"]),
    )
    return with_particles(sentence)


def printed_text(claim: Row) -> str:
    """The value of a claim with every decimal that is printed, so that no two look alike."""
    value, unit = claim["value"], claim["unit"]
    if unit == "pct":
        decimals = len(f"{value:.6f}".rstrip("0").rpartition(".")[2])
        return approximated(percent_text(value, decimals), claim["approximate"])
    return quantity_text(value, unit, claim["approximate"], digits=6)


def bare_text(claim: Row) -> str:
    """As `printed_text`, where the unit was said before; a unit that makes the number stays."""
    if claim["unit"] in _WITH_UNIT:
        return printed_text(claim)
    return approximated(number_text(claim["value"], 2), claim["approximate"])


def _statuses() -> dict[str, str]:
    """What is said against a claim by its status."""
    final = _("{value} is a final value")
    return {
        "final": final,
        "target": final,
        "estimate": _("{value} is an estimate"),
        "expected": _("{value} is what was expected"),
    }


def _tiers() -> dict[str, str]:
    return {
        "official": _("an official source"),
        "journal": _("a journal"),
        "newspaper": _("a newspaper"),
        "other": _("another kind of source"),
    }


def _item(decision: Decision) -> str:
    first = decision.claims[0]
    return record_text(first["item_title"]) or label("programme", first["item"])


def _is_sum(reading: Reading) -> bool:
    return ((reading.row or {}).get("item_count") or 0) > 1


def _computed_text(reading: Reading) -> str:
    """How a value that nobody prints came about, with its arithmetic where that is one line."""
    row = reading.row or {}
    if reading.value is None:
        return ""
    if row.get("is_printed"):
        return _("As its sources print it; not computed.")
    shown = quantity_text(reading.value, reading.metric.unit, reading.is_approximate)
    arithmetic = _arithmetic(reading, row)
    if arithmetic:
        return _("Computed: {arithmetic} = {value}").format(arithmetic=arithmetic, value=shown)
    if _is_sum(reading):
        count = number_text(row["item_count"])
        if reading.metric.additive:
            return _("Computed: the sum of {count} items").format(count=count)
        return _("Computed: what {count} items have in common").format(count=count)
    return _("Computed: {definition}").format(definition=reading.metric.definition)


def _arithmetic(reading: Reading, row: Row) -> str:
    """The figures a value was computed from, as they are calculated."""

    def part(column: str, unit: str = "persons") -> str:
        return quantity_text(row[column], unit)

    match (reading.metric.question, reading.metric.column):
        case ("share", "share_pct"):
            unit = row["unit"]
            return f"{part('value', unit)} ÷ {part('korea_value', unit)} × 100"
        case ("figure", "change_pct"):
            before = part("previous_value")
            return f"({part('value')} − {before}) ÷ {before} × 100"
        case ("target", "attainment_pct"):
            return f"{part('value')} ÷ {part('target')} × 100"
        case ("grant_per_patient", "grant_per_patient_krw"):
            return f"{part('cluster_grant_krw', 'krw')} ÷ {part('foreign_patients')}"
    return ""
