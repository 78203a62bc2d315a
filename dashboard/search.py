"""Finding events, who and what was there, agreements, institutions, sources and metrics."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

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


def find(record: Record, catalogue: Catalogue, text: str, limit: int = 20) -> list[Hit]:
    """What has every word of the text in its names, codes or places, nearest titles first.

    Words are in Korean or English, in any order and case; a number among them finds figures, too.
    """
    words = _plain(text).split()
    if not words:
        return []
    entries = [*_entries(record, catalogue)]
    if any(letter.isdigit() for letter in text):
        entries += _figures(record, record.current().build_id, catalogue, language())
    found = [
        (sum(word not in _plain(hit.title) for word in words), place, hit)
        for place, (haystack, hit) in enumerate(entries)
        if all(word in haystack for word in words)
    ]
    return [hit for _beyond, _place, hit in sorted(found, key=lambda item: item[:2])[:limit]]


def _plain(text: str) -> str:
    """Without case, width and separators of thousands."""
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _entries(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, Hit]]:
    """Each thing with all the words by which it can be found."""
    for metric in catalogue.all():
        name = str(metric.name)
        words = " ".join((metric.id, metric.name.ko, metric.name.en, metric.definition.ko))
        page = {"metric": metric.id} if metric.question == "figure" else {}
        detail = str(metric.definition)
        yield _plain(words), Hit("metric", name, detail, "sources", page)
    for row in record.ask("search_index").rows:
        names = [row["title"], row["title_ko"], row["place"], row["publisher"], row["code"]]
        names += [*(row["words"] or ()), *(row["parties"] or ())]
        codes = []
        if row["kind"] in _OF_EVENTS:
            names += [row["event_title"], row["event_title_ko"]]
            codes = [(_OF_EVENTS[row["kind"]], row["type"])]
        known = [name for name in names if name]
        haystack = _plain(" ".join(known + _in_all_languages(known, codes)))
        yield haystack, _hit(row)


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
        found.append((_plain(" ".join(words)), hit))
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
        str(row["year"] or ""),
        "" if row["period"] in ("annual", "event") else label("period", row["period"]),
        country_text(row["nationality"]) if row["nationality"] else "",
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
    if row["nationality"] or row["is_nation"]:
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
