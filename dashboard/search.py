"""Finding events, who and what was there, agreements, institutions, sources and metrics."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.catalogue import Catalogue
from dashboard.i18n import (
    LANGUAGES,
    country_text,
    date_text,
    gettext,
    label,
    language,
    named,
    place_text,
    quantity_text,
    record_text,
    sentence_figure,
    speaking,
)
from dashboard.store.ask import Record

_OF_EVENTS = {"participant": "participant_role", "programme": "programme_kind"}
"""Kind of what hangs on an event → the list of its codes."""
_PARTS = ("department", "institution_class")
"""Of what else than a nationality a figure may be; each the list of its codes."""
_PARTICLE = re.compile(
    r"(.*[가-힣]{2,}|.*[a-z]{2,})(?:에서|으로|부터|까지|에게|의|은|는|이|가|을|를|에|로|와|과|도)"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHORTEST, _LONG = 4, 9
"""Letters of words with one mistake, and with two."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


HitKind = Literal[
    "metric", "event", "participant", "programme", "agreement", "institution", "source", "figure"
]
"""`participant` and `programme` are of an event."""


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    kind: HitKind
    title: str
    detail: str
    page: str
    """Path of the page that shows it; empty for one that has none."""
    parameters: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    """Address of a source outside."""
    near: str = field(default="", repr=False, compare=False)
    """What counts like its title: of an event, whose patients it had and what they did."""


@dataclass(frozen=True)
class Found:
    """Everything that was found, and which words were taken for others."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, str], ...] = ()


def find(record: Record, catalogue: Catalogue, text: str, limit: int = 20) -> list[Hit]:
    """The first hits of `find_all`."""
    return list(find_all(record, catalogue, text).hits[:limit])


def find_all(record: Record, catalogue: Catalogue, text: str) -> Found:
    """What has every word of the text in its names, codes or places, nearest titles first.

    Words are in Korean or English, in any order and case; a number among them finds figures, too.
    A Korean particle behind a word is passed over, and a word that the record does not have is
    taken for the nearest one that it has.
    """
    build_id = record.current().build_id
    index = _index(record, build_id, catalogue, language())
    entries = index.entries
    if any(letter.isdigit() for letter in text):
        entries = entries + _figures(record, build_id, catalogue, language())
    typed = plain(text).split()
    words = [_words(word, entries, index) for word in typed]
    corrected = tuple(
        (one, each[0]) for one, each in zip(typed, words, strict=True) if one not in each
    )
    if not words:
        return Found(())
    found = [
        (sum(not _has(plain(hit.title) + hit.near, each) for each in words), place, hit)
        for place, (haystack, hit) in enumerate(entries)
        if all(_has(haystack, each) for each in words)
    ]
    ordered = sorted(found, key=lambda item: item[:2])
    return Found(tuple(hit for _beyond, _place, hit in ordered), corrected if found else ())


def _has(text: str, spellings: Iterable[str]) -> bool:
    return any(word in text for word in spellings)


def has_word(record: Record, catalogue: Catalogue, word: str) -> bool:
    """Whether anything that can be found has a word, whole and as it is written."""
    index = _index(record, record.current().build_id, catalogue, language())
    return spelled(word) in index.words


def without_particle(word: str) -> str:
    """A Korean word without the particle behind it; what is too short to have one stays."""
    found = _PARTICLE.fullmatch(word)
    return found[1] if found else word


def spelled(text: str) -> str:
    """A text in its letters: a Hangul syllable in its parts, so that one mistake is one letter."""
    return unicodedata.normalize("NFD", text)


def nearest(word: str, spellings: Collection[str]) -> str | None:
    """The spelling that is nearest to a word; None where all are too far or the word too short.

    One letter may be missing, too many, another one, or in the place of its neighbour; two in
    words of nine letters and more (optimal string alignment).
    """
    letters = spelled(word)
    if len(letters) < _SHORTEST:
        return None
    most = 1 if len(letters) < _LONG else 2
    found = process.extractOne(letters, [*spellings], scorer=OSA.distance, score_cutoff=most)
    return found[0] if found else None


def _words(word: str, entries: list[tuple[str, Hit]], index: "_Index") -> tuple[str, ...]:
    """The ways in which the record may have a word: as typed and bare, else the nearest one."""
    ways = tuple(dict.fromkeys((word, without_particle(word), word.removesuffix("년"))))
    if any(_has(haystack, ways) for haystack, _hit in entries):
        return ways
    found = nearest(without_particle(word), index.words)
    return (unicodedata.normalize("NFC", found),) if found else ways


@dataclass(frozen=True)
class _Index:
    entries: list[tuple[str, Hit]]
    words: frozenset[str]
    """Every word of names and places, in its letters."""


@lru_cache(maxsize=4)
def _index(record: Record, _build_id: str, catalogue: Catalogue, code: str) -> _Index:
    """Everything but figures, with the words by which it can be found, for a reader's language."""
    with speaking(code):
        entries = [*_entries(record, catalogue)]
    words = {word for haystack, _hit in entries for word in _LETTERS.findall(haystack)}
    return _Index(entries, frozenset(map(spelled, words)))


def plain(text: str) -> str:
    """A text without case, width and separators of thousands."""
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _entries(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, Hit]]:
    """Each thing with all the words by which it can be found."""
    for metric in catalogue.all():
        name = str(metric.name)
        words = " ".join((metric.id, metric.name.ko, metric.name.en, metric.definition.ko))
        page = {"metric": metric.id} if metric.question == "figure" else {}
        detail = str(metric.definition)
        yield plain(words), Hit("metric", name, detail, "sources", page)
    outcomes = _outcomes(record)
    for row in record.ask("search_index").rows:
        names = [row["title"], row["title_ko"], row["place"], row["publisher"], row["code"]]
        names += [*(row["words"] or ()), *(row["parties"] or ())]
        codes = []
        if row["kind"] in _OF_EVENTS:
            names += [row["event_title"], row["event_title_ko"]]
            codes = [(_OF_EVENTS[row["kind"]], row["type"])]
        known = [name for name in names if name]
        haystack = plain(" ".join(known + _in_all_languages(known, codes)))
        near = outcomes.get(row["code"], "") if row["kind"] == "event" else ""
        yield f"{haystack} {near}", replace(_hit(row), near=near)


def _outcomes(record: Record) -> dict[str, str]:
    """Event → what was counted at it, and of which nationalities, in every language."""
    found: dict[str, dict[str, None]] = {}
    for row in record.ask("figure_index").rows:
        if not row["event_id"]:
            continue
        for each in LANGUAGES:
            with speaking(each):
                words = (
                    label("measure", row["metric"].removeprefix("event_")),
                    country_text(row["nationality"]),
                )
            found.setdefault(row["event_id"], {}).update(dict.fromkeys(words))
    return {event_id: plain(" ".join(words)) for event_id, words in found.items()}


@lru_cache(maxsize=4)
def _figures(
    record: Record, _build_id: str, catalogue: Catalogue, code: str
) -> list[tuple[str, Hit]]:
    """Each figure with the words by which it can be found, for the reader of a language."""
    found = []
    for row in record.ask("figure_index").rows:
        words = [*row["notes"], *map(record_text, row["notes"])]
        words += [f"{value:.15g}{'%' * (row['unit'] == 'pct')}" for value in row["printed"]]
        for each in LANGUAGES:
            with speaking(each):
                words += _figure_words(row, catalogue)
                words += [
                    quantity_text(value, row["unit"], per=row["per"]) for value in row["printed"]
                ]
        with speaking(code):
            name, value, *about = _figure_words(row, catalogue)
            hit = Hit("figure", f"{name}: {value}", _joined(about), *_page_of_figure(row))
        found.append((plain(" ".join(words)), hit))
    return found


def _figure_words(row: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, ...]:
    """Name and value of a figure, and of what it is."""
    value = sentence_figure(row)
    if row["event_id"]:
        name = label("measure", row["metric"].removeprefix("event_"))
    elif row["metric"] in catalogue:
        name = str(catalogue[row["metric"]].name)
    else:
        name = label("column", row["metric"])
    return (
        name,
        value if row["evidence"] != "no data" else f"{value} ({label('agreement', 'left out')})",
        *(label("region", region) for region in row["region"].split(";")),
        record_text(row["area"]) if row["area"] else "",
        str(row["year"] or ""),
        "" if row["period"] in ("annual", "event") else label("period", row["period"]),
        country_text(row["nationality"]) if row["nationality"] else "",
        *(label(part, row[part]) for part in _PARTS if row[part]),
        named(row, "event_title") if row["event_id"] else "",
        label("programme", row["programme_id"]) if row["programme_id"] else "",
    )


def _page_of_figure(row: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Path and parameters of the page that shows a figure."""
    here = {"region": str(row["region"]), "year": str(row["year"] or "")}
    if row["event_id"]:
        return "events", {"event": row["event_id"], "region": here["region"]}
    if row["programme_id"]:
        return "funding", here
    if row["is_nation"] or any(row[part] for part in ("nationality", *_PARTS)):
        return "patients", here
    return "overview", here


def _in_all_languages(texts: list[str], codes: list[tuple[str, str]]) -> list[str]:
    """Texts, and codes of lists, as every language shows them."""
    found: list[str] = []
    for each in LANGUAGES:
        with speaking(each):
            found += [record_text(text) for text in texts]
            found += [label(code_list, code) for code_list, code in codes]
    return found


def _hit(row: dict[str, Any]) -> Hit:
    shown = named(row, "title")
    if row["kind"] == "event":
        parts = (
            label("event_type", row["type"]),
            date_text(row["date_on"]) or gettext("date unknown"),
            place_text(row["place"], None),
        )
        parameters = {"event": str(row["code"]), "region": str(row["region"])}
        return Hit("event", shown, _joined(parts), "events", parameters)
    if row["kind"] == "agreement":
        parts = (
            label("agreement_kind", row["type"]),
            date_text(row["date_on"]) or gettext("date unknown"),
            ", ".join(record_text(party) for party in row["parties"]),
        )
        parameters = {"agreement": row["code"], "region": row["region"]}
        return Hit("agreement", shown, _joined(parts), "agreements", parameters)
    if row["kind"] in _OF_EVENTS:
        parts = (label(_OF_EVENTS[row["kind"]], row["type"]), named(row, "event_title"), "")
        parameters = {"event": row["code"], "region": row["region"]}
        return Hit(row["kind"], shown, _joined(parts), "events", parameters)
    if row["kind"] == "institution":
        parts = (label("institution_kind", row["type"]), place_text(row["place"], None), "")
        parameters = {"institution": row["code"]}
        return Hit("institution", shown, _joined(parts), "agreements", parameters)
    parts = (record_text(row["publisher"]), date_text(row["date_on"]), label("tier", row["type"]))
    url = row["url"] if (row["url"] or "").startswith("http") else None
    return Hit("source", shown, _joined(parts), "sources", {}, url)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
