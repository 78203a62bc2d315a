"""Cells as people write them, brought to the one form that the record has.

`normal` never fails: a cell that cannot be read stays as it is and is found by the check of types.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from dashboard.contract import Field
from dashboard.intake.codes import Names, folded
from dashboard.intake.korean_numerals import amount_in_numerals

LONGEST_CELL = 2000
"""Characters."""
_UNITS = r"(?:원|명|건|개소|개국|개사|개|회|위|인|%|퍼센트|krw|won|persons?|달러|불|usd)?"
_PLAIN = re.compile(r"\+?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
"""Thousands set apart by spaces."""
_TORN = re.compile(r"\d\s+[\d.,]")
"""A space within a number that sets no thousands apart: two numbers, or a slip."""
_EXPONENT = re.compile(r"\d(?:\.\d+)?e[+]?\d{1,2}", re.IGNORECASE)
_NEGATIVE = re.compile(r"^(?:△|▲|▽|-|−|–)|^\((.+)\)$")
_NOISE = Decimal("1e-6")
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{2})\s*(?:[.\-/]|년)\s*"
    r"(?:(?P<month>\d{1,2})\s*(?:[.\-/]|월)?\s*(?:(?P<day>\d{1,2})\s*(?:[.]|일)?\s*)?)?"
    r"(?:\([월화수목금토일]\))?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ALL = frozenset(
    folded(word)
    for word in ("합계", "전체", "총계", "총합계", "계", "소계", "all", "total", "subtotal", "sum",
                 "grand total")
)  # fmt: skip
_PART_TOTAL = re.compile(r"(?:소계|합계|총계|\s계|\b(?:sub)?total)$", re.IGNORECASE)


def plain(text: str) -> str:
    """A cell without surrounding spaces and invisible characters; full-width digits made plain."""
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFC", text)
    text = "".join(
        unicodedata.normalize("NFKC", character)
        if "！" <= character <= "～" or character == "\u3000"
        else character
        for character in text
        if unicodedata.category(character) != "Cf"
    )
    return text.replace("\xa0", " ").strip()


def number(text: str) -> str | None:
    """A number without commas and units; 만, 억, 조 multiplied out: `1억 2,000만원` → `120000000`.

    Returns:
        Digits with at most one point; None when it is no number.
    """
    if _TORN.search(_GROUPED.sub("", text)):
        return None
    written = re.sub(r"\s+", "", text)
    if not written.isascii() or not written.isdigit():
        written = re.sub(r"^(?:₩|￦|krw)|" + _UNITS + r"$", "", written, flags=re.IGNORECASE)
        negative = _NEGATIVE.match(written)
        if negative:
            written = negative[1] or written[1:]
        value = None if negative and not written[:1].isdigit() else _amount(written)
        if value is None:
            return None
        return format(_whole(-value if negative and value else value), "f")
    return written


def date_range(text: str) -> tuple[str, str] | None:
    """First and last day of a range: `2019.3.1.~3.5.`, `2019. 3. 1 ~ 5`, `2019-03-01 ~ 2019-03-05`.

    Returns:
        Both in ISO 8601, in the order written; None when it is no range of days in the calendar.
    """
    parts = re.split(r"\s*[~∼～〜–—]\s*", plain(text))
    first = partial_date(parts[0]) if len(parts) == 2 else None
    if first is None or len(first) != 10 or not parts[1]:
        return None
    given = [part for part in re.split(r"[.\-/년월일\s]+", re.sub(r"\(.\)", "", parts[1])) if part]
    if not 1 <= len(given) <= 3 or not all(re.fullmatch(r"\d{1,4}", part) for part in given):
        return None
    filled = [*first.split("-")[: 3 - len(given)], *given]
    last = partial_date("-".join(filled))
    if last is None or not (in_calendar(first) and in_calendar(last)):
        return None
    return first, last


def _amount(written: str) -> Decimal | None:
    if _PLAIN.fullmatch(written):
        value = Decimal(written.replace(",", ""))
        # What calculating in binary leaves behind: 15 digits are certain.
        is_noisy = "." in written and len(value.as_tuple().digits) > 15
        return Decimal(f"{value:.15g}") if is_noisy else value
    if _EXPONENT.fullmatch(written):
        return _whole(Decimal(written))
    amount = amount_in_numerals(written)
    return amount if amount is None else _whole(amount)


def _whole(value: Decimal) -> Decimal:
    """Without zeros behind the point that nobody wrote, and without the noise of binary numbers."""
    if abs(value - value.to_integral_value()) < _NOISE:
        value = value.to_integral_value()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def partial_date(text: str) -> str | None:
    """A date of any precision in ISO 8601: `2016. 11. 28.`, `2016년 11월`, `16.11.28`.

    Returns:
        `2016-11-28`, `2016-11` or `2016`; None when it is no date. Whether the day is in the
        calendar is not looked at.
    """
    if re.fullmatch(r"\d{4}년?", text):
        return text[:4]
    compact = _COMPACT.fullmatch(text)
    if compact and "1900" <= compact[1] <= "2100":
        return "-".join(part for part in compact.groups() if part)
    if _SERIAL.fullmatch(text):  # a date cell that lost its format
        return day_of(int(text.split(".")[0]))
    written = _DATE.fullmatch(text)
    if not written:
        return None
    year, month, day = written["year"], written["month"], written["day"]
    if len(year) == 2:
        if not (month and day):
            return None
        year = f"20{year}"
    parts = [year, *(part.zfill(2) for part in (month, day) if part)]
    return "-".join(parts)


def day_of(serial: int) -> str | None:
    """The date of a spreadsheet's number of days since 1899-12-30; None outside 1990 to 2100."""
    day = date(1899, 12, 30) + timedelta(days=serial)
    return day.isoformat() if 1990 <= day.year <= 2100 else None


def year_of(text: str) -> str | None:
    """A year: `2019`, `2019년`, `2019.0`, `'19`, `19년`; None when it is no year or not sure."""
    written = re.fullmatch(r"(\d{4})(?:\.0+)?\s*(?:년도?|年)?", text)
    if written:
        return written[1]
    short = re.fullmatch(r"['’‘`´](\d{2})\.?\s*(?:년도?)?|(\d{2})\s*년도?", text)
    return f"20{short[1] or short[2]}" if short else None


def in_calendar(iso: str) -> bool:
    """Whether a partial ISO date names a month of the twelve and a day that the month has."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return False
    return len(parts) < 3 or 1 <= parts[2] <= monthrange(parts[0], parts[1])[1]


def normal(column: Field, text: str, names: Names) -> str | None:
    """A cell in the form of the record: None when blank, unchanged when it cannot be read."""
    cell = plain(text)
    if not cell or cell in ("-", "–", "—"):
        return None
    if column.codes and column.codes != "event":
        return _code(column, cell, names)
    if column.type in ("number", "integer"):
        return number(cell) or cell
    if column.type == "year":
        return year_of(cell) or cell
    if column.is_partial_date:
        return partial_date(cell) or cell
    if column.separator:
        parts = [part.strip() for part in re.split(r"[;,]", cell)]
        return column.separator.join(part for part in parts if part)
    return cell


def is_total(text: str) -> bool:
    """Whether a word stands for a sum of its neighbours: `합계`, `소계`, `아시아 계`."""
    cell = plain(text)
    return folded(cell) in _ALL or bool(_PART_TOTAL.search(cell))


def _code(column: Field, cell: str, names: Names) -> str | None:
    if column.separator:
        found = names.get(folded(cell))
        if found:
            return found
        parts = [part.strip() for part in re.split(r"[;,·]", cell) if part.strip()]
        return column.separator.join(_one(column, part, names) or part for part in parts)
    return _one(column, cell, names)


def _one(column: Field, cell: str, names: Names) -> str | None:
    found = names.get(folded(cell))
    if found == "":
        return None
    if found is None and not column.constraints.get("required") and folded(cell) in _ALL:
        return None
    if found is None and column.codes == "age_band":
        years = re.fullmatch(r"(\d{1,3})세?", cell)
        if years:
            low = int(years[1]) // 10 * 10
            return "80+" if low >= 80 else f"{low}-{low + 9}"
    return found or _named_twice(cell, names) or cell


def _named_twice(cell: str, names: Names) -> str | None:
    """`서울특별시(Seoul)`, where both names are of the same code; never `대구(수성구)`."""
    pair = re.fullmatch(r"(.+?)\s*[(\[]\s*(.+?)\s*[)\]]", cell)
    codes = {names.get(folded(part)) for part in pair.groups()} if pair else {None}
    return codes.pop() if len(codes) == 1 else None
