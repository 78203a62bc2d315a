"""Amounts in Korean numerals: `1억 2천5백만`; and what one may mean that leaves a unit out."""

import re
from decimal import Decimal
from typing import NamedTuple

_MYRIADS = {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}
_SMALL = {"천": 1000, "백": 100, "십": 10, "": 1}
_PART = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([천백십]?)([조억만]?)")
_BELOW = {"조": "억", "억": "만"}
_CUT = re.compile(
    r"(?P<head>[\d,.천백십조억만]*[조억])(?P<rest>[\d,.천백십]+)(?:[^\d,.천백십조억만]*)"
)
"""After 조 or 억 something that names no lower unit of four places: `4억5천`, `12조 300`."""
_CUT_DIGIT = re.compile(r"(?P<head>[\d,조억천백십]*만)(?P<rest>\d)(?:[^\d,.천백십조억만]*)")
_SMALL_ONLY = re.compile(r"(?P<head>\d+천)(?P<rest>\d[\d천백십]*)")
"""Hundreds after thousands, without any unit: of money thousands of 만 are meant as often."""


class Meaning(NamedTuple):
    """One reading of an amount that leaves a unit out."""

    digits: str
    shown: str
    """`4억 5천만 = 450,000,000`."""


def amount_in_numerals(written: str) -> Decimal | None:
    """The amount, to the letter: `1억2천5백만` → 125,000,000.

    Args:
        written: without spaces, sign and unit.

    Returns:
        None when it is no amount: no digits, or units that do not fall.
    """
    total = group = Decimal(0)
    place, last_small, last_myriad = 0, 10**4, 10**16
    while place < len(written):
        part = _PART.match(written, place)
        if not part or (part[2] and part.end() < len(written)):
            return None
        small, myriad = _SMALL[part[3]], _MYRIADS[part[4]]
        if small >= last_small or myriad >= last_myriad:
            return None
        group += Decimal((part[1] + (part[2] or "")).replace(",", "")) * small
        place, last_small = part.end(), small
        if part[4]:
            total, group, last_small, last_myriad = (
                total + group * myriad,
                Decimal(0),
                10**4,
                myriad,
            )
    return total + group if written else None


def meanings(text: str, is_money: bool) -> tuple[Meaning, ...]:
    """What an amount may mean that leaves a unit out, the probable reading first.

    `4억5천` is 4억 5천만 in daily use, and 400,005,000 to the letter; a digit alone counts tenths
    of the unit before it: `4억5` is 4억 5천만, `3만5` 3만 5천.

    Args:
        text: a cell.
        is_money: whether won are counted, of which `3천2백` means 3천 2백만 as often as 3,200.

    Returns:
        None of them where the amount is clear.
    """
    squeezed = re.sub(r"[\s₩￦+()]", "", text)
    sign = "-" if squeezed[:1] in tuple("△▲▽-−–") or "(" in text[:1] else ""
    squeezed = squeezed.lstrip("△▲▽-−–")
    if found := _CUT.fullmatch(squeezed):
        below = _BELOW[found["head"][-1]]
        unit = f"천{below}" if re.fullmatch(r"\d", found["rest"]) else below
    elif found := _CUT_DIGIT.fullmatch(squeezed):
        unit = "천"
    elif found := _SMALL_ONLY.fullmatch(squeezed):
        unit = "백만" if re.fullmatch(r"\d", found["rest"]) else "만"
    else:
        return ()
    head, rest = found["head"], found["rest"]
    plain, left = amount_in_numerals(head + rest), amount_in_numerals(rest)
    probable = amount_in_numerals(head + rest + unit)
    if plain is None or probable is None or left is None or not 0 < left < 10**4:
        return ()
    shown = [
        Meaning(f"{sign}{probable:f}", f"{sign}{head} {rest}{unit} = {sign}{probable:,f}"),
        Meaning(f"{sign}{plain:f}", f"{sign}{head} {rest} = {sign}{plain:,f}"),
    ]
    is_plain_first = not is_money and head[-1] == "천"
    return tuple(reversed(shown) if is_plain_first else shown)
