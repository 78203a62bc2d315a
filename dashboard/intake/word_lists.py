"""Lists of words and patterns of words that stand as data in `words/`, one file a subject."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboard.yaml_file import read_yaml

_FOLDER = Path(__file__).parent / "words"


def word_list(subject: str) -> dict[str, Any]:
    """The lists of a subject, by name: of words, or of codes and their words."""
    return dict(read_yaml(_FOLDER / f"{subject}.yml"))


def pattern_of(alternatives: Sequence[str], lists: Mapping[str, Sequence[str]]) -> str:
    """One pattern of several; `<name>` in one stands for the words of the list of that name."""
    pattern = "|".join(alternatives)
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", "|".join(words))
    return pattern
