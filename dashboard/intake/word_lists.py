"""Lists of words and patterns of words that stand as data in `words/`, one file a subject."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "words"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML has it: twenty times as fast, for the process that reads each file."""


def word_list(subject: str) -> dict[str, Any]:
    """The lists of a subject, by name: of words, or of codes and their words."""
    with (_FOLDER / f"{subject}.yml").open(encoding="utf-8") as source:
        found: dict[str, Any] = yaml.load(source, _LOADER)  # noqa: S506 - a safe loader
    return found


def pattern_of(alternatives: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    """One pattern of several; `<name>` in one stands for the words of the list of that name."""
    pattern = "|".join(alternatives)
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", "|".join(words))
    return pattern
