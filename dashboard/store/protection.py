"""Counts of a city's own patients are shown changed a little, by their cell key, and only here.

Every visit has a random key that nobody outside can compute: that of its region, month and
nationality. The keys of the visits that a cell counts add up to the key of the cell, and that picks
the change from a public table (`data/protection/`), by a digest under the secret of the workspace:
keys have 32 bits, so that whoever could compute the change from one would try them all. So the same
visits always show the same count, wherever they are counted and however often they are handed in,
and nothing else that is corrected in them draws another change; a cell with one visit more has
another key, and the difference of two counts proves nobody. Counts below the threshold never
appear.

Cell-key perturbation: Fraser and Wooton, A proposed method for confidentialising tabular output to
protect against differencing (2005); Marley and Leaver, A method for confidentialising user-defined
tables (2011); Giessing and Tent, Concepts for generalising tools implementing the cell key method
to the case of continuous variables (2019).

Amounts are shown where enough payers stand behind them and none dominates: the (n, k) rule of
Hundepool et al., Statistical Disclosure Control (2012), chapter 4. They are moved by up to the
largest payment in them, and rounded to three digits: whoever takes one amount from another does not
learn what one visit paid. Whether enough payers stand behind an amount is decided by their number
as it is shown, so that it says nothing that the number does not say.
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any, NamedTuple

from dashboard.errors import QuestionFault
from dashboard.settings import PROJECT_ROOT, Settings

KEYS = 2**32
"""Keys of visits and of cells are whole numbers below this; sums of them wrap round."""
SHARES = 2**16
"""Into as many parts the table divides the keys of each count."""
MARK, AMOUNT_MARK = "is_withheld", "is_spending_withheld"
"""Columns of a protected question that tell a withheld count or amount from one that is not."""
EXACT_MARK = "is_exact"
"""Column of a protected question that tells counts as they are from changed ones."""
_TABLE = PROJECT_ROOT / "data" / "protection" / "perturbation_table.csv"
_DIGITS = 3
_COUNT = re.compile(r"(?P<count>[a-z_]+) by (?P<key>[a-z_]+)")
_AMOUNT = re.compile(r"(?P<amount>[a-z_]+)( by (?P<largest>[a-z_]+))? of (?P<payers>[a-z_]+)")


class Amount(NamedTuple):
    """An amount and what the rule about payers needs."""

    column: str
    largest: str | None
    """Column with the two largest of the amounts that add up to it; None shows it to none but the
    region's own."""
    payers: str
    """Column that counts them."""


@dataclass(frozen=True)
class Protection:
    """What a question says about its counts: `visit_count by visit_key, …`."""

    counts: dict[str, str]
    """Column that counts visits → column with the key of the cell; the first counts all of it."""
    amount: Amount | None = None

    @property
    def taken_away(self) -> frozenset[str]:
        """Columns that only the protection needs."""
        largest = self.amount and self.amount.largest
        return frozenset({*self.counts.values(), *([largest] if largest else [])})

    @property
    def added(self) -> tuple[str, ...]:
        """Columns that tell what is withheld, and what is exact."""
        return (MARK, AMOUNT_MARK, EXACT_MARK) if self.amount else (MARK, EXACT_MARK)

    def has_keys(self, rows: Iterable[Mapping[str, Any]]) -> bool:
        """Whether any count has a key, so that the secret is needed to show it."""
        return any(
            row[count] and row[key] is not None
            for row in rows
            for count, key in self.counts.items()
        )


def read_protection(text: str) -> Protection:
    """Read the rule of a header.

    Raises:
        QuestionFault: the rule cannot be read.
    """
    counts: dict[str, str] = {}
    amount = None
    for part in text.split(","):
        if found := _COUNT.fullmatch(part.strip()):
            counts[found["count"]] = found["key"]
        elif found := _AMOUNT.fullmatch(part.strip()):
            amount = Amount(found["amount"], found["largest"], found["payers"])
        else:
            counts.clear()
            break
    if not counts:
        raise QuestionFault(
            "A SQL file breaks the rules of its layer",
            f"cannot read 'protects: {text}'",
            "queries/README.md shows the form of a header.",
        )
    return Protection(counts, amount)


def protect(
    rows: Sequence[dict[str, Any]],
    protection: Protection,
    settings: Settings,
    secret: bytes | None,
    exact_regions: Collection[str] = (),
) -> tuple[list[dict[str, Any]], int]:
    """The rows as anybody may see them.

    Args:
        rows: with the columns of the protection; those that only it needs are taken away.
        protection: which columns are counts and amounts.
        settings: threshold, and what an amount needs.
        secret: of the workspace; None shows no count.
        exact_regions: regions whose rows stay as they are, since it is their own who reads.

    Returns:
        The rows in their order without those that now count nothing, and how many counts and
        amounts are withheld: counts without a key, amounts of too few or too unequal payers or for
        the region's own alone.
    """
    amount = protection.amount
    (whole, *_others) = protection.counts
    found = []
    withheld = 0
    for row in rows:
        shown = {name: value for name, value in row.items() if name not in protection.taken_away}
        if exact_regions and row["region"] in exact_regions:
            found.append(shown | dict.fromkeys(protection.added, False) | {EXACT_MARK: True})
            continue
        for count, key in protection.counts.items():
            shown[count] = protected_count(
                row[count], row[key], settings.small_count_threshold, secret
            )
        if shown[whole] == 0:
            continue
        shown[MARK] = row[whole] is not None and shown[whole] is None
        if amount is not None:
            payers = shown[amount.payers]
            is_safe = not shown[MARK] and _is_safe(row, amount, payers, settings)
            shown[AMOUNT_MARK] = payers != 0 and row[amount.column] is not None and not is_safe
            key = row[protection.counts[amount.payers]]
            shown[amount.column] = _moved(row, amount, key, secret) if is_safe and secret else None
        shown[EXACT_MARK] = False
        withheld += shown[MARK] + bool(shown.get(AMOUNT_MARK))
        found.append(shown)
    return found, withheld


def protected_count(
    count: int | None, key: int | None, threshold: int, secret: bytes | None
) -> int | None:
    """A count as anybody may see it: itself or a little more or less; None without key or secret.

    Args:
        count: how many visits there are.
        key: sum of their keys, from 0 to below `KEYS`.
        threshold: the smallest count that may appear, beside 0.
        secret: of the workspace.
    """
    if not count:
        return count
    if key is None or not secret:
        return None
    return count + change_of(count, part_of(key, f"count {threshold}", secret), threshold)


def part_of(key: int, use: str, secret: bytes) -> int:
    """The part of the keys in which the key of a cell lies, from 0 to below `SHARES`.

    Each use has parts of its own: what is shown under one threshold says nothing of what another
    shows. The head of a BLAKE2b of use and key, keyed with the secret of the workspace.
    """
    return int.from_bytes(blake2b(f"{use} {key}".encode(), key=secret, digest_size=2).digest())


def change_of(count: int, part: int, threshold: int) -> int:
    """By how much a count of one or more is changed in a part of the keys."""
    changes = _changes(threshold)
    row = changes[min(count, len(changes)) - 1]
    return next(change for change, until in row if part < until)


@cache
def largest_change(threshold: int) -> int:
    """By how much a count is changed at most."""
    return max(abs(change) for row in _changes(threshold) for change, _until in row)


@cache
def _changes(threshold: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For 1, 2, … visits: each change with the part of the keys below which it is taken.

    The last stands for all counts from there on.
    """
    rows: dict[int, dict[int, int]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if int(line["threshold"]) == threshold:
                parts = rows.setdefault(int(line["count"]), {})
                parts[int(line["change"])] = int(line["parts"])
    return tuple(
        tuple(zip(parts, accumulate(parts.values()), strict=True)) for parts in rows.values()
    )


def _is_safe(row: dict[str, Any], amount: Amount, payers: int | None, settings: Settings) -> bool:
    """Whether enough payers stand behind an amount, and the largest hold little enough of it.

    There are enough if whatever the shown number of payers stands for is enough.
    """
    whole, largest = row[amount.column], row[amount.largest] if amount.largest else None
    enough = settings.spending_least_payers + largest_change(settings.small_count_threshold)
    if whole is None or largest is None or payers is None or payers < enough:
        return False
    held = sum(largest[: settings.spending_dominant_payers])
    return bool(100 * held <= settings.spending_dominant_pct * whole)


def _moved(row: dict[str, Any], amount: Amount, key: int, secret: bytes) -> int:
    """An amount moved by the key of its payers, evenly from minus to plus its largest payment."""
    share = (2 * part_of(key, "amount", secret) + 1) / SHARES - 1
    assert amount.largest
    return _rounded(row[amount.column] + share * row[amount.largest][0])


def _rounded(amount: float) -> int:
    """To three digits: 1,234,567 is 1,230,000."""
    whole = round(amount)
    return int(round(whole, _DIGITS - len(str(abs(whole)))))
