"""The figure that a question in words asks for, with what vouches for it and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from dashboard.catalogue import Catalogue, Metric
from dashboard.content.asked_words import Asked, Vocabulary, understood, vocabulary
from dashboard.content.links import Link, link_to
from dashboard.content.readings import value_text
from dashboard.errors import UsageError
from dashboard.i18n import country_text, figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS, sign_and_name, signed
from dashboard.kpi import PATIENTS, read_metric
from dashboard.search import has_word
from dashboard.store.answer import Row
from dashboard.store.ask import Record

NATION = "KR"
_PARTS = ("event_id", "programme_id", "department", "institution_class", "area")
"""A figure that has one of these is of a part, and no answer to a question for the whole."""
_MOST = 6
"""So many figures answer a question at most."""


@dataclass(frozen=True)
class Card:
    """One figure that answers."""

    title: str
    """Region, year and metric."""
    value: str
    """With its mark; the words for no data where there is none."""
    evidence: str
    """Name of the evidence and number of publishers."""
    behind: Link | None
    """What opens everything behind the figure."""
    page: Link
    """The page on which it stands."""
    is_known: bool = True


@dataclass(frozen=True)
class Answers:
    """What is answered, and what is said about how the question was taken."""

    cards: tuple[Card, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Index:
    known: Vocabulary
    figures: Mapping[tuple[str, str, int, str | None], Row]
    """Metric, region, year and nationality → the figure of the whole year."""

    def years(self, metric: str, region: str, nationality: str | None) -> list[int]:
        """Years with a figure, newest first."""
        asked = (metric, region, nationality)
        found = {year for m, r, year, n in self.figures if (m, r, n) == asked}
        return sorted(found, reverse=True)


def answers(record: Record, catalogue: Catalogue, text: str) -> Answers:
    """The figures that a text asks for; none where it asks for something else.

    A question without region is of the whole country, one without year of the latest year with a
    figure, and one without metric, but with a region and a year, of the patients.
    """
    index = _index(record, record.current().build_id, catalogue)
    asked = understood(text, index.known, lambda word: has_word(record, catalogue, word))
    if asked.rest or not _is_answerable(asked):
        return Answers()
    metrics = [catalogue[code] for code in asked.metrics or (PATIENTS,)]
    regions = asked.regions or (NATION,)
    groups: list[list[Card]] = []
    for metric, region in product(metrics, regions):
        if asked.nationality:
            groups.append(_of_nationality(index, metric, region, asked))
        else:
            groups.append(_of_region(record, index, metric, region, asked.years))
    # Of several indicators those with a figure come first; a year that was asked for stays first.
    groups.sort(key=lambda cards: not any(card.is_known for card in cards))
    cards = [card for group in groups for card in group][:_MOST]
    return Answers(tuple(cards), tuple(_notes(asked, metrics)) if cards else ())


def _is_answerable(asked: Asked) -> bool:
    if asked.metrics:
        return bool(asked.regions or asked.years or asked.nationality) or len(asked.metrics) == 1
    return bool((asked.regions or asked.nationality) and asked.years)


def _notes(asked: Asked, metrics: list[Metric]) -> Iterable[str]:
    for typed, taken in asked.corrected:
        yield _("“{typed}” was taken for “{taken}”").format(typed=typed, taken=taken)
    if len(metrics) > 1:
        names = ", ".join(str(metric.name) for metric in metrics)
        yield _("Several indicators fit, and all are given: {names}").format(names=names)
    if not asked.regions:
        yield _("No region was named: the whole country")


def _of_region(
    record: Record, index: _Index, metric: Metric, region: str, years: tuple[int, ...]
) -> list[Card]:
    """A card a year; the latest with a figure too where the years have none, or none is named."""
    base = str(metric.params.get("metric", metric.id))
    known = index.years(base, region, None) or index.years(PATIENTS, region, None)
    cards = []
    for year in years or known[:1]:
        card = _card(record, metric, region, year)
        if card:
            cards.append(card)
    if known and not any(card.is_known for card in cards) and known[0] not in years:
        latest = _card(record, metric, region, known[0])
        cards += [latest] if latest and latest.is_known else []
    return cards


def _card(record: Record, metric: Metric, region: str, year: int) -> Card | None:
    try:
        reading = read_metric(record, metric, region, year)
    except UsageError:
        return None
    value, evidence = value_text(reading), sign_and_name(reading.evidence)
    if reading.value is not None:
        mark = EVIDENCE_MARKS[reading.evidence]
        value = value if mark in value else f"{value} {mark}"
        evidence = _vouched(reading.evidence, reading.printed_by or len(reading.source_ids))
    asked = {"region": region, "year": str(year)}
    named = f"{metric.id}.{region}.{year}"
    return Card(
        _("{region} {year} {metric}").format(
            region=label("region", region), year=year, metric=reading.name
        ),
        value,
        evidence,
        link_to("overview", **asked, evidence=named),
        link_to("overview", **asked),
        reading.value is not None,
    )


def _of_nationality(index: _Index, metric: Metric, region: str, asked: Asked) -> list[Card]:
    """Cards of one nationality, of metrics that are counted by nationality."""
    base = str(metric.params.get("metric", metric.id))
    country = asked.nationality
    cards = []
    known = index.years(base, region, country)
    for year in [year for year in asked.years if year in known] or known[:1]:
        row = index.figures.get((base, region, year, country))
        if row is None:
            continue
        link = link_to("patients", region=region, year=str(year))
        title = _("{region} {year} {metric}").format(
            region=label("region", region), year=year, metric=str(metric.name)
        )
        value = signed(figure_text(row), row["evidence"])
        evidence = _vouched(row["evidence"], row["printed_by"] or 0)
        cards.append(Card(f"{title} · {country_text(country)}", value, evidence, None, link))
    return cards


def _vouched(evidence: str, count: int) -> str:
    """`확정 · 근거 6곳`."""
    name = label("evidence", evidence)
    if not count:
        return name
    places = ngettext("evidence from {count} publisher", "evidence from {count} publishers", count)
    return f"{name} · {places.format(count=count)}"


@lru_cache(maxsize=4)
def _index(record: Record, _build_id: str, catalogue: Catalogue) -> _Index:
    rows = [
        row
        for row in record.ask("figure_index").rows
        if row["period"] == "annual" and not any(row[part] for part in _PARTS)
    ]
    figures: dict[tuple[str, str, int, str | None], Row] = {}
    for row in rows:
        figures.setdefault((row["metric"], row["region"], row["year"], row["nationality"]), row)
    regions = [row["region"] for row in record.ask("regions").rows]
    nationalities = {row["nationality"] for row in rows if row["nationality"]}
    return _Index(vocabulary(catalogue, regions, sorted(nationalities)), figures)
