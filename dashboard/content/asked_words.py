"""What a question in words asks for: region, metric, years and nationality, in any language."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.catalogue import Catalogue
from dashboard.i18n import LANGUAGES, country_text, label, speaking
from dashboard.i18n.quantities import KOREA
from dashboard.search import nearest, plain, spelled, without_particle
from dashboard.yaml_file import read_yaml

_LONGEST_PHRASE = 5
_YEAR = r"((?:19|20)\d\d)\s*년?"
_RANGE = re.compile(rf"{_YEAR}\s*(?:부터|에서|~|-|–|to|until)\s*{_YEAR}(?:\s*까지)?(?!\d)")
_ALONE = re.compile(rf"(?<!\d){_YEAR}도?(?!\d)")
_RELATIVE = {
    "재작년": -2,
    "작년": -1,
    "지난해": -1,
    "올해": 0,
    "금년": 0,
    "last year": -1,
    "this year": 0,
}
_COMPUTED = re.compile(r"\((?:산출|발표|computed|announced)\)")
"""What names of metrics say of how they come about, and nobody asks by."""
_MOST_YEARS = 10
"""A longer range is asked for as its last years."""


@dataclass(frozen=True)
class Asked:
    """What was understood; what is not understood is the rest."""

    metrics: tuple[str, ...] = ()
    """Ids; several where the words fit several."""
    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    """Newest first; empty where none is named."""
    nationality: str | None = None
    rest: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    """Word as typed, and what it was taken for."""


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase, without blanks and case, and what it names: kind and code."""

    phrases: Mapping[str, tuple[tuple[str, str], ...]]
    spellings: Mapping[str, str] = field(repr=False)
    """Letters of a phrase → the phrase."""


@cache
def _data() -> dict[str, Any]:
    return dict(read_yaml(Path(__file__).with_suffix(".yml")))


def vocabulary(
    catalogue: Catalogue, regions: Iterable[str], nationalities: Iterable[str]
) -> Vocabulary:
    """The names of metrics, regions and nationalities in every language, and the other names."""
    data = _data()
    found: dict[str, dict[tuple[str, str], None]] = {}

    def name(phrase: str, kind: str, code: str) -> None:
        found.setdefault(_compact(phrase), {})[kind, code] = None

    for metric in catalogue.all():
        for each in (metric.name.ko, metric.name.en, *data["metrics"].get(metric.id, ())):
            name(_COMPUTED.sub("", each), "metric", metric.id)
    for code in regions:
        for each in data["regions"].get(code, ()):
            name(each, "region", code)
    for language in LANGUAGES:
        with speaking(language):
            for code in regions:
                name(label("region", code), "region", code)
            for code in nationalities:
                name(country_text(code), "nationality", code)
    phrases = {phrase: tuple(named) for phrase, named in found.items() if phrase}
    return Vocabulary(phrases, {spelled(phrase): phrase for phrase in phrases})


def understood(text: str, known: Vocabulary, is_known: Callable[[str], bool]) -> Asked:
    """What a text asks for.

    Args:
        text: in words, particles and typing mistakes included.
        known: the names.
        is_known: whether a word occurs in the record, which then is no typing mistake.
    """
    years, left = _years(plain(text))
    words = list(_split(left, known))
    named: dict[str, dict[str, None]] = {"metric": {}, "region": {}, "nationality": {}}
    rest: list[str] = []
    corrected: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        phrase, length = _phrase(words[at:], known)
        if not phrase and words[at] in _data()["left_out"]:
            at += 1
            continue
        if not phrase:
            phrase, length = _near_phrase(words[at:], known, is_known)
            if phrase:
                corrected.append((" ".join(words[at : at + length]), phrase))
        if phrase:
            for kind, code in known.phrases[phrase]:
                named[kind][code] = None
        else:
            rest.append(words[at])
        at += length
    nationality = next(iter(named["nationality"]), None)
    return Asked(
        tuple(named["metric"]),
        tuple(named["region"]),
        years,
        nationality,
        tuple(rest),
        tuple(corrected),
    )


def in_words_of_the_record(text: str) -> str:
    """The text as the record says it, without words that ask for nothing by themselves."""
    said = plain(text)
    for phrase, instead in _data()["words"].items():
        if instead not in said:
            said = re.sub(rf"(?<!\w){re.escape(phrase)}", instead, said)
    words = said.split()
    asking = [word for word in words if word not in _data()["left_out"]]
    return " ".join(asking or words)


def _compact(text: str) -> str:
    return re.sub(r"[\s·,.?!]+", "", plain(text))


def _years(text: str) -> tuple[tuple[int, ...], str]:
    """Years that are named, and the text without them."""
    years: set[int] = set()
    for first, last in _RANGE.findall(text):
        low, high = sorted((int(first), int(last)))
        years |= {*range(max(low, high - _MOST_YEARS + 1), high + 1)}
    text = _RANGE.sub(" ", text)
    years |= {int(year) for year in _ALONE.findall(text)}
    text = _ALONE.sub(" ", text)
    for word, step in _RELATIVE.items():
        if word in text:
            years.add(datetime.now(KOREA).year + step)
            text = text.replace(word, " ")
    return tuple(sorted(years, reverse=True)), text


def _split(text: str, known: Vocabulary) -> Iterator[str]:
    """Words; one that is a region and a metric written together is two."""
    for word in re.split(r"[\s,.?!]+", text):
        for size in range(2, len(word) - 1):
            head, tail = word[:size], without_particle(word[size:])
            if word in known.phrases or without_particle(word) in known.phrases:
                break
            is_region = any(kind == "region" for kind, _code in known.phrases.get(head, ()))
            if is_region and tail in known.phrases:
                yield from (head, tail)
                break
        else:
            if word:
                yield word
            continue
        if word in known.phrases or without_particle(word) in known.phrases:
            yield word


def _phrase(words: list[str], known: Vocabulary) -> tuple[str, int]:
    """The longest phrase at the beginning, and of how many words it is."""
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        whole = "".join(words[:length])
        bare = "".join(map(without_particle, words[:length]))
        for each in (whole, without_particle(whole), bare):
            if each in known.phrases:
                return each, length
    return "", 1


def _near_phrase(
    words: list[str], known: Vocabulary, is_known: Callable[[str], bool]
) -> tuple[str, int]:
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        if all(is_known(word) for word in words[:length]):
            continue
        whole = "".join(words[:length])
        for each in dict.fromkeys((whole, without_particle(whole))):
            found = nearest(each, known.spellings)
            if found:
                return known.spellings[found], length
    return "", 1
