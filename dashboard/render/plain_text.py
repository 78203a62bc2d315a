"""Texts as XML and spreadsheets can hold them."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2): control characters, halves of surrogates."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_T = TypeVar("_T")


def printable(text: str) -> str:
    """The text with `�` for each character that no XML file may hold; tabs and breaks stay."""
    return _ILLEGAL.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def all_printable(part: _T) -> _T:
    """A report, or any part of one, with every text in it `printable`."""
    return _mapped(part)  # type: ignore[no-any-return]


def _mapped(part: Any) -> Any:
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, tuple):
        return tuple(_mapped(item) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(
            part, **{field.name: _mapped(getattr(part, field.name)) for field in fields(part)}
        )
    return part
