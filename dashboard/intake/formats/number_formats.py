"""What a number format of a spreadsheet makes of a number: day, share, or amount with words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

_BUILT_IN = dict.fromkeys((14, *range(27, 37), *range(50, 59)), "yyyy-mm-dd") | {
    9: "0%", 10: "0.00%", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
"""ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are days in Korean, Japanese and Chinese."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_PADDING = re.compile(r"[_*].")
_BRACKETS = re.compile(r"\[(?!\$)[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_DIGITS = re.compile(r"General|[0#?](?:[0#?.,]*[0#?])?(?:\.(?=[^0#?]|$))?")
_WON = frozenset("₩￦\\")
_LARGEST_SERIAL = 2_958_465
"""9999-12-31."""


@dataclass(frozen=True)
class NumberFormat:
    """A number format, as far as it changes what a number means."""

    code: str = ""
    """As written; empty for one that says nothing."""
    day: str = ""
    """`%Y-%m-%d`, `%Y-%m` or `%Y`: a date as precise as it is shown; `%H:%M:%S`: a time."""
    is_percent: bool = False
    thousands: int = 0
    """How often the shown number is divided by 1,000."""
    before: str = ""
    after: str = ""

    def shown(self, value: float | str, is_1904: bool) -> str:
        """A number as the spreadsheet shows it, in full precision.

        Args:
            value: the number, or its digits as stored.
            is_1904: whether days are counted from 1904-01-01.
        """
        if not self.code:
            return plain_number(value)
        number = float(value)
        if self.day:
            return self._moment(number, is_1904)
        text = plain_number(number * 100 if self.is_percent else number / 1000**self.thousands)
        return f"{self.before}{text}{'%' if self.is_percent else self.after}"

    def _moment(self, serial: float, is_1904: bool) -> str:
        if not 0 <= serial <= _LARGEST_SERIAL:
            return plain_number(serial)
        # 1900 had no 29 February, but spreadsheets count it.
        start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31 if serial < 60 else 30)
        moment = start + timedelta(seconds=round(serial * 86_400))
        if self.day == "%H:%M:%S" and serial >= 1:
            minutes, seconds = divmod(round(serial * 86_400), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        return moment.strftime(self.day) if serial >= 1 else moment.strftime("%H:%M:%S")


def plain_number(value: float | str) -> str:
    """A number in its 15 certain digits, without exponent: 31183.000000000004 → `31183`."""
    if isinstance(value, str):
        if value.isascii() and value.isdigit():
            return value
        value = float(value)
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.20f}".rstrip("0")
    return "0" if text == "-0" else text


def built_in(number: int) -> str:
    """The code of a built-in format; empty for one that says nothing."""
    return _BUILT_IN.get(number, "")


@cache
def number_format(code: str) -> NumberFormat:
    """Read a code such as `yyyy-mm-dd`, `0.0%` or `#,##0"천원"`; its first section counts."""
    if code in ("", "General", "@"):
        return NumberFormat()
    section = _first_section(code)
    bare = _QUOTED.sub("", _CURRENCY.sub("", _PADDING.sub("", section)))
    letters = _BRACKETS.sub("", bare).lower().replace("general", "")
    if day := _day(letters, bare.lower()):
        return NumberFormat(code, day)
    if "%" in bare:
        return NumberFormat(code, is_percent=True)
    written = _CURRENCY.sub(lambda found: f'"{found[1]}"', _PADDING.sub("", section))
    masked = _QUOTED.sub(lambda found: "\0" * len(found[0]), written)
    places = list(_DIGITS.finditer(masked))
    if not places:
        return NumberFormat()
    start, end = places[0].start(), places[-1].end()
    thousands = len(masked[end:]) - len(masked[end:].lstrip(","))
    before, after = _words(written[:start]), _words(written[end:])
    if not (before or after or thousands):
        return NumberFormat()
    return NumberFormat(code, thousands=thousands, before=before, after=after)


def _day(letters: str, bare: str) -> str:
    if "y" in letters or "d" in letters or ("e" in letters and "." not in letters):
        if "d" in letters:
            return "%Y-%m-%d"
        return "%Y-%m" if "m" in letters else "%Y"
    if "h" in letters or "s" in letters or re.search(r"\[[hms]+\]", bare):
        return "%H:%M:%S"
    return "%Y-%m" if "m" in letters else ""


def _first_section(code: str) -> str:
    is_quoted = False
    for place, character in enumerate(code):
        if character == '"':
            is_quoted = not is_quoted
        elif character == ";" and not is_quoted and code[place - 1 : place] != "\\":
            return code[:place]
    return code


def _words(written: str) -> str:
    """The literal words of a part of a format; signs of won and padding are none."""
    found = "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(written)).strip()
    plain = "".join(character for character in found if character not in _WON)
    return plain if re.search(r"[^\W\d_]|[%$€£¥‰]", plain) else ""
