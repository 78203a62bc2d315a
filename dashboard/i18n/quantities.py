"""Numbers, amounts and dates as a reader writes them. Rounding happens here and nowhere else.

Babel is loaded by whoever first writes one: a command that answers a question needs none of it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.i18n.language import gettext as _
from dashboard.i18n.language import label, language

KOREA = ZoneInfo("Asia/Seoul")
"""The zone of paper, which has no reader's own."""
_AMOUNTS = frozenset({"krw", "krw_per_person", "usd"})


def _decimal(value: float, pattern: str, digits: int) -> str:
    """A number by a pattern, rounded half up as in school, and never `-0`."""
    from babel.numbers import format_decimal

    with localcontext(rounding=ROUND_HALF_UP):
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits))
        return str(format_decimal(exact if exact else Decimal(0), pattern, language()))


def number_text(value: float, digits: int = 0) -> str:
    """A number with thousands separators and at most so many decimals."""
    return _decimal(value, "#,##0." + "#" * digits if digits else "#,##0", digits)


def percent_text(value: float, digits: int = 1, signed: bool = False) -> str:
    """Per cent of a value given in per cent: 75.73 → `75.7%`.

    A share that so many decimals would make nothing of has one more: 0.04 → `0.04%`.
    """
    if not signed and 0 < value < 0.5 * 10**-digits:
        digits += 1
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    if signed:
        pattern = f"+{pattern};-{pattern}"
    return _decimal(value, pattern, digits) + "%"


def points_text(value: float, signed: bool = True) -> str:
    """A difference of two shares in percentage points."""
    points = _decimal(value, "+#,##0.0;-#,##0.0" if signed else "#,##0.0", 1)
    return _("{points} pp").format(points=points)


def amount_text(value: float, unit: str, digits: int | None = None) -> str:
    """Money (`krw`, `krw_per_person`, `usd`) in compact words: 만/억/조 원, thousand to trillion.

    Compact amounts have two decimals at most unless told.
    """
    from babel import Locale
    from babel.numbers import format_compact_decimal

    if unit == "krw":
        locale = Locale.parse(language())
        # Not every language has words longer than 만, 億 and 兆.
        has_long = "long" in locale.compact_decimal_formats
        compact = format_compact_decimal(
            value,
            format_type="long" if has_long else "short",
            locale=locale,
            fraction_digits=2 if digits is None else digits,
        )
        return _("KRW {compact}").format(compact=compact)
    if unit == "usd":
        return f"USD {number_text(value)}"
    return _("KRW {amount}").format(amount=number_text(value))


def at_least_text(amount: str) -> str:
    """A lower bound in words: a sum of which a part was never published."""
    return _("at least {amount}").format(amount=amount)


def short_amount_text(value: float) -> str:
    """Won for the marks of a crowded chart, the currency said elsewhere: `3억`, `1.5억`, `150M`."""
    from babel.numbers import format_compact_decimal

    return str(
        format_compact_decimal(value, format_type="short", locale=language(), fraction_digits=2)
    )


def axis_texts(values: Sequence[float]) -> list[str]:
    """Amounts along one axis in the unit of the greatest: `0`, `50만`, `100만`; never two units."""
    greatest = max((abs(value) for value in values), default=0)
    unit = re.sub(r"[\d.,\s]", "", short_amount_text(greatest))
    scale = next(
        size
        for size in (10.0**exponent for exponent in range(15))
        if short_amount_text(greatest) == f"{number_text(greatest / size, 2)}{unit}"
    )
    return [f"{number_text(value / scale, 2)}{unit if value else ''}" for value in values]


def quantity_text(
    value: float | None,
    unit: str,
    is_approximate: bool = False,
    per: str | None = None,
    is_lower_bound: bool = False,
    digits: int | None = None,
) -> str:
    """A value with its unit, `≈` before an approximate one; the words for no data when missing.

    Args:
        value: the figure.
        unit: code of its unit.
        is_approximate: whether it is rounded.
        per: of what one it is, such as `person`; None for the whole.
        is_lower_bound: whether it is a sum of which a part was never published.
        digits: decimals at most, of compact amounts.
    """
    if value is None:
        return label("evidence", "no data")
    if is_lower_bound:
        # Money is not rounded up here: at least 13.48 billion would be too much for 13.475.
        amount = quantity_text(value, unit, is_approximate, per, digits=4)
        return at_least_text(amount)
    if per:
        return _("{quantity} {per}").format(
            quantity=quantity_text(value, unit, is_approximate, digits=digits),
            per=label("per", per),
        )
    mark = "≈ " if is_approximate else ""
    if unit in _AMOUNTS:
        return mark + amount_text(value, unit, digits)
    if unit == "pct":
        return mark + percent_text(value)
    if unit == "rank":
        return _("No. {rank}").format(rank=number_text(value))
    name = label("unit_one" if value == 1 else "unit", unit)
    return mark + _("{value} {unit}").format(value=number_text(value, 2), unit=name)


def change_text(
    change: float, unit: str, is_approximate: bool, change_pct: float | None = None
) -> str:
    """A difference with its sign and, where given, per cent: `≈ +327,340 persons (≈ +224.2%)`.

    It is approximate where one of the two figures is rounded; `change_pct` is the same in per cent
    of the former figure, and said unless the change is 0.
    """
    mark = "≈ " if is_approximate else ""
    text = mark + ("+" if change > 0 else "-" if change < 0 else "±")
    text += quantity_text(abs(change), unit)
    if change_pct is None or not change:
        return text
    return f"{text} ({mark}{percent_text(change_pct, signed=True)})"


def date_text(partial: str | None) -> str:
    """An ISO date of any precision: `2018`, `2018-10` or `2018-10-08`."""
    from babel.dates import format_date, format_skeleton

    if not partial:
        return ""
    parts = [int(part) for part in partial[:10].split("-")]
    if len(parts) == 3:
        return format_date(date(parts[0], parts[1], parts[2]), "medium", language())
    if len(parts) == 2:
        return format_skeleton("yMMM", date(parts[0], parts[1], 1), locale=language())
    return _("{year}").format(year=parts[0])


def day_text(row: Mapping[str, Any], start: str = "start_on", end: str | None = None) -> str:
    """The date of a row with `is_date_inferred`: one that no source prints says so.

    Args:
        row: a row of an answer.
        start: its column of the date, or of the first day.
        end: its column of the last day.
    """
    said = span_text(row[start], row[end] if end else None)
    return (
        f"{said} ({_('inferred, not printed')})" if said and row.get("is_date_inferred") else said
    )


def moment_text(moment: str | datetime | None) -> str:
    """Date, time of day in Korea and zone of an ISO 8601 or aware time; nothing where none is."""
    if not moment:
        return ""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = known.astimezone(KOREA)
    return f"{date_text(f'{local:%Y-%m-%d}')} {local:%H:%M %Z}"


def day_in_korea(moment: str) -> str:
    """The day on which an ISO 8601 time falls in Korea, as ISO 8601."""
    return f"{datetime.fromisoformat(moment).astimezone(KOREA):%Y-%m-%d}"


def clock_text(moment: str) -> str:
    """The time of day in Korea of an ISO 8601 time, to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(KOREA):%H:%M:%S}"


def span_text(start: str | None, end: str | None) -> str:
    """From one partial date to another, or the one that is there."""
    if not start or not end or start == end:
        return date_text(start or end)
    return f"{date_text(start)} – {date_text(end)}"
