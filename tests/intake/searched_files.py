"""Files to be searched: how one is written."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

HEADER = ["지표", "연도", "지역", "값"]
ROW = ["외국인환자 수", "2025", "대구", "35,000"]


@dataclass(frozen=True)
class Case:
    """One file: the rule that it breaks, or nothing."""

    rule: str
    """Without `personal-`; several are separated by blanks, the one that it was written for first.
    Empty for an ordinary file.
    """
    about: str
    name: str
    rows: list[list[str]]

    @property
    def held(self) -> list[str]:
        """Every kind of personal data in the file."""
        return self.rule.split()

    def content(self) -> bytes:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue().encode()


def beside(header: str, values: list[str]) -> list[list[str]]:
    """A column that nobody reads, beside the figures."""
    return [[*HEADER, header], *([*ROW[:2], *ROW[2:], value] for value in values)]


def note(text: str) -> list[list[str]]:
    return beside("비고", [text])


Maker: TypeAlias = Callable[[random.Random], list[list[str]]]
