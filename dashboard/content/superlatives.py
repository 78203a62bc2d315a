"""Which of the published parts of a whole may be called the greatest, and in which words.

Parts are compared as ranges, since a printed share and an approximate figure stand for all that
rounds to them. A part that was never published could hold the whole rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from math import inf
from typing import Any

from dashboard.i18n.evidence import is_contested
from dashboard.i18n.figures import is_rounded

Row = Mapping[str, Any]

_LEAST_NAMED_PCT = 10
"""Of parts that hold less of the whole than this together, none is picked out: the greatest of
them says nothing about the whole."""


class Form(Enum):
    """What may be said."""

    PLAIN = auto()
    """The greatest of all."""
    PUBLISHED = auto()
    """The greatest of those published."""
    NOTHING = auto()
    """No superlative."""


@dataclass(frozen=True)
class Range:
    """From the least to the greatest that a printed figure may stand for."""

    low: float
    high: float


@dataclass(frozen=True)
class Superlative:
    """A form, and the places of the greatest among the parts: several if they are equal."""

    form: Form
    places: tuple[int, ...] = ()


def figure_range(value: float, is_approximate: bool = False, is_lower_bound: bool = False) -> Range:
    """What a figure stands for: itself, or half a unit of its last digit around if approximate.

    `≈ 146,000` stands for 145,500 to 146,500, `≈ 0.5` for 0.45 to 0.55, a lower bound for any more.
    """
    half = _half_unit(value) if is_approximate else 0.0
    return Range(max(0.0, value - half), inf if is_lower_bound else value + half)


def share_range(share_pct: float, is_approximate: bool = False) -> Range:
    """What a printed share stands for: printed to one decimal, or as `figure_range` says."""
    half = max(0.05, _half_unit(share_pct) if is_approximate else 0.0)
    return Range(max(0.0, share_pct - half), min(100.0, share_pct + half))


def _half_unit(value: float) -> float:
    if not value:
        return 0.5
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)


def superlative(
    parts: Sequence[Range],
    rest: float | None,
    *,
    count: int = 1,
    is_partition: bool = True,
    beside: Iterable[Range] = (),
    whole: float | None = None,
) -> Superlative:
    """Decide which form a superlative about published parts takes.

    Args:
        parts: the published parts, on one scale.
        rest: what the whole holds beyond them, at most; None where that is not known.
        count: how many greatest are picked out together; of one, equals are picked out too.
        is_partition: whether parts exclude each other; if not, an unpublished one may be of any
            size, however small the rest.
        beside: published, but never called the greatest, such as a group of parts: it holds
            parts up to its own size.
        whole: the whole of the scale, to see how much of it was published; else parts and rest.
    """
    if len(parts) < count:
        return Superlative(Form.NOTHING)
    last = sorted(((part.low, part.high) for part in parts), reverse=True)[count - 1]
    low, high = last
    places = tuple(at for at, part in enumerate(parts) if (part.low, part.high) >= last)
    is_decided = (len(places) == count or (count == 1 and low == high)) and all(
        part.high < low for at, part in enumerate(parts) if at not in places
    )
    if not is_decided:
        return Superlative(Form.NOTHING)
    held = max((part.high for part in beside), default=0.0)
    if is_partition and rest is not None and max(rest, held) < low:
        return Superlative(Form.PLAIN, places)
    named = sum(part.low for part in parts)
    total = whole if whole is not None else None if rest is None else named + max(rest, 0.0)
    if count > 1:  # what is said of several is what they hold together
        named = sum(parts[at].low for at in places)
    if len(parts) == 1 or held >= low:
        return Superlative(Form.NOTHING)
    if total is not None and 100 * named < _LEAST_NAMED_PCT * total:
        return Superlative(Form.NOTHING)
    return Superlative(Form.PUBLISHED, places)


@dataclass(frozen=True)
class GreatestPart:
    """The rows that may be called the greatest, among how many, and how."""

    form: Form
    rows: tuple[Row, ...] = ()
    count: int = 0


def greatest_part(rows: Sequence[Row], *, is_partition: bool) -> GreatestPart:
    """The greatest of rows that hold persons, a printed share, or both.

    Shares rank where there are any. A row with persons alone is put beside them by the whole that
    the rows with both stand for; where there are none, it is taken as one that could be anything.

    Args:
        rows: value, is_approximate, share_pct, share_evidence, is_combined (contains others).
        is_partition: whether the shares of all parts add up to 100 per cent.
    """
    single = [row for row in rows if not row["is_combined"]]
    if all(row["share_pct"] is None for row in single):
        ranges = [figure_range(float(row["value"]), row["is_approximate"]) for row in single]
        found = superlative(ranges, None)
        return GreatestPart(found.form, tuple(single[at] for at in found.places), len(single))
    wholes = [whole for row in single if (whole := _whole(row)) is not None]
    placed = [(row, placed) for row in single if (placed := _as_share(row, wholes)) is not None]
    is_complete = len(placed) == len(single)
    ranges = [share for _row, share in placed]
    rest = 100 - sum(share.low for share in ranges)
    # Shares of more than the whole are of different wholes.
    is_whole = is_partition and sum(share.low for share in ranges) <= 100
    found = superlative(ranges, rest, is_partition=is_whole, whole=100)
    if found.form is Form.PUBLISHED and not is_complete:
        return GreatestPart(Form.NOTHING, (), len(single))
    return GreatestPart(found.form, tuple(placed[at][0] for at in found.places), len(single))


def _whole(row: Row) -> Range | None:
    """The whole of which a row with persons and share is a part."""
    if row["value"] is None or not row["share_pct"]:
        return None
    persons = figure_range(float(row["value"]), row["is_approximate"])
    share = share_range(float(row["share_pct"]), is_rounded(row, "share_"))
    return Range(100 * persons.low / share.high, 100 * persons.high / max(share.low, 0.01))


def _as_share(row: Row, wholes: Sequence[Range]) -> Range | None:
    if row["share_pct"] is not None:
        return share_range(float(row["share_pct"]), is_rounded(row, "share_"))
    if not wholes:
        return None
    persons = figure_range(float(row["value"]), row["is_approximate"])
    return Range(
        100 * persons.low / max(whole.high for whole in wholes),
        100 * persons.high / min(whole.low for whole in wholes),
    )


def greatest_nationality(
    mix: Sequence[Row], rates: Sequence[Row] = (), *, count: int = 1
) -> GreatestPart:
    """The nationality of which most patients came, or `count` of them, as far as that may be said.

    Of rows of `patients_by_nationality`, and of `printed_rates` of the same region and year:
    nationalities of which only a share was printed.
    """
    named = [row for row in mix if row["part"] == "nationality"]
    groups = [row for row in mix if row["part"] == "group"]
    of_figures = [figure_range(float(row["value"]), row["is_approximate"]) for row in named]
    of_groups = [figure_range(float(row["value"]), row["is_approximate"]) for row in groups]
    total = next((_total(row) for row in mix if row["part"] == "rest"), None)
    known = {row["nationality"] for row in named}
    printed = [row for row in rates if _is_share_of_year(row) and row["nationality"] not in known]
    alone = [row for row in printed if ";" not in row["nationality"]]
    known |= {row["nationality"] for row in alone}
    together = [
        row
        for row in printed
        if ";" in row["nationality"] and not known.issuperset(row["nationality"].split(";"))
    ]
    published = len(own_nations(mix) | {row["nationality"] for row in alone})
    if total is None:
        if printed:
            return GreatestPart(Form.NOTHING, (), published)
        found = superlative(of_figures, None, count=count, beside=of_groups)
    else:
        found = superlative(
            [*of_figures, *(_of_total(row, total) for row in alone)],
            # Nationalities with a share alone are among the rest: their wholes may differ.
            total.high - sum(part.low for part in [*of_figures, *of_groups]),
            count=count,
            beside=[*of_groups, *(_of_total(row, total) for row in together)],
            whole=total.high,
        )
    rows = [*named, *alone]
    return GreatestPart(found.form, tuple(rows[at] for at in found.places), published)


def own_nations(mix: Sequence[Row]) -> set[str]:
    """Nationalities of `patients_by_nationality` with a figure of their own, also in a group."""
    parts = ("nationality", "counted elsewhere")
    return {
        row["nationality"] for row in mix if row["part"] in parts and ";" not in row["nationality"]
    }


def _total(rest: Row) -> Range | None:
    """All patients; None where what is left over of them is not known or contested."""
    if rest["value"] is None or is_contested(rest["total_evidence"]):
        return None
    return figure_range(float(rest["total_value"]), is_rounded(rest, "total_"))


def _is_share_of_year(row: Row) -> bool:
    return (
        row["breakdown"] == "nationality"
        and row["share_pct"] is not None
        and row["period"] == "annual"
    )


def _of_total(row: Row, total: Range) -> Range:
    """Persons for which a printed share stands."""
    share = share_range(float(row["share_pct"]), is_rounded(row, "share_"))
    return Range(share.low * total.low / 100, share.high * total.high / 100)
