"""Cells as people write them, brought to the one form that the record has.

`normal` never fails: a cell that cannot be read stays as it is and is found by the check of types.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from dashboard.intake.codes import Names, folded
from dashboard.intake.contract import Field

LONGEST_CELL = 2000
"""Characters."""
_SCALES = {"조": 10**12, "억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3}
_UNITS = r"(?:원|명|건|개소|개국|개사|개|회|위|인|%|퍼센트|krw|won|persons?)?"
_PLAIN = re.compile(r"\+?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_PART = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(조|억|천만|백만|만|천)?")
_EXPONENT = re.compile(r"\d(?:\.\d+)?e[+]?\d{1,2}", re.IGNORECASE)
_NEGATIVE = re.compile(r"^(?:△|▲|▽|-|−|–)|^\((.+)\)$")
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{2})\s*(?:[.\-/]|년)\s*"
    r"(?:(?P<month>\d{1,2})\s*(?:[.\-/]|월)?\s*(?:(?P<day>\d{1,2})\s*(?:[.]|일)?\s*)?)?"
    r"(?:\([월화수목금토일]\))?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ALL = frozenset(folded(word) for word in ("합계", "전체", "총계", "계", "소계", "all", "total"))


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


def scaled(text: str, scale: int) -> str | None:
    """A number times what its header says (`천원`); None when it is no number."""
    value = number(plain(text))
    return None if value is None else format(_whole(Decimal(value) * scale), "f")


def _amount(written: str) -> Decimal | None:
    if _PLAIN.fullmatch(written):
        value = Decimal(written.replace(",", ""))
        # What calculating in binary leaves behind: 15 digits are certain.
        is_noisy = "." in written and len(value.as_tuple().digits) > 15
        return Decimal(f"{value:.15g}") if is_noisy else value
    if _EXPONENT.fullmatch(written):
        return _whole(Decimal(written))
    total, place, last = Decimal(0), 0, 10**20
    while place < len(written):
        part = _PART.match(written, place)
        if not part:
            return None
        scale = _SCALES.get(part[3] or "", 1)
        if scale >= last or (part[2] and part.end() < len(written)):
            return None
        total += Decimal((part[1] + (part[2] or "")).replace(",", "")) * scale
        place, last = part.end(), scale
    return _whole(total) if written else None


def _whole(value: Decimal) -> Decimal:
    """Without zeros behind the point that nobody wrote."""
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
        written = re.fullmatch(r"(\d{4})(?:\.0+)?\s*(?:년도?|年)?", cell)
        return written[1] if written else cell
    if column.is_partial_date:
        return partial_date(cell) or cell
    if column.separator:
        parts = [part.strip() for part in re.split(r"[;,]", cell)]
        return column.separator.join(part for part in parts if part)
    return cell


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
    return found or cell
