"""Sentences of whole reports held to rules of grammar, and figures in them to their marks."""

import csv
import random
import re

import pytest

from dashboard import i18n
from dashboard.content.compose import draft
from dashboard.content.document import (
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Table,
)
from dashboard.settings import settings
from tests.content.sentence_rules import all_pairs, faults


def texts(report):
    """Whatever a report says in words: titles, sentences, notes, and what stands on tiles."""
    yield from (report.title, report.subtitle)
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Points():
                    yield from (item.text for item in block.items)
                case Table():
                    yield from (block.title, block.note)
                    yield from (column.label for column in block.columns)
                case KeyFigures():
                    for figure in block.figures:
                        yield from (figure.name, figure.change, figure.target, figure.note)
                case ChartBlock() | DotChart() | MapBlock():
                    yield from (block.title, block.alt)


def held_reports(report, pairs):
    """Every report of those regions and years in both languages."""
    found, count = set(), 0
    for region, year in pairs:
        told = {"region": region, "year": year}
        for language in i18n.LANGUAGES:
            for kind in ("kpi", "patients", "compare", "review", "ranking", "deck"):
                metric = {"metric": "foreign_patients"} if kind == "ranking" else {}
                said = {text for text in texts(report(kind, language, **told, **metric)) if text}
                count += len(said)
                found |= {
                    (fault, language, sentence)
                    for sentence in said
                    for fault in faults(language, sentence, names=True)
                }
    print(f"{count} sentences of reports")
    assert sorted(found) == []
    assert count > 100 * len(pairs)


def test_sentences_of_reports_of_some_regions_and_years(report, record):
    # Those which other tests compose too, and two more.
    shared = [("KR-27", 2019), ("KR-50", 2019)]
    held_reports(report, [*shared, *random.Random(7).sample(all_pairs(record), 2)])


@pytest.mark.long
def test_sentences_of_reports_of_all_regions(report, record):
    held_reports(
        report, [pair for pair in all_pairs(record) if pair[1] in (2009, 2016, 2019, 2024)]
    )


def charts_of_the_record(record):
    """Charts of countries; years of a chart are its own."""
    for country in ("CN", "JP", "RU", "KZ", "VN", "MN", "US"):
        asked = {"region": "KR-27", "year": 2018, "country": country}
        for section in draft(record, "map", asked, i18n.language()).sections:
            yield from (block for block in section.blocks if isinstance(block, ChartBlock))


def test_charts_of_countries(record):
    found, count = set(), 0
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            for chart in charts_of_the_record(record):
                for sentence in (chart.title, chart.alt):
                    count += 1
                    found |= {
                        (fault, language, sentence)
                        for fault in faults(language, sentence, names=True)
                    }
    print(f"{count} sentences of charts")
    assert sorted(found) == []
    assert count > 20


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("events", {"region": "KR"}),
        ("events", {"region": "KR-30"}),
        ("events", {"event": "DJ-2016-SAK"}),
        ("funding", {"region": "KR-27"}),
        ("funding", {"region": "KR"}),
    ],
)
def test_reports_of_events_and_funding(report, language, kind, asked):
    said = {text for text in texts(report(kind, language, **asked)) if text}
    found = {
        (fault, sentence) for sentence in said for fault in faults(language, sentence, names=True)
    }
    assert sorted(found) == []


_PAIRED = (("kpi", {}), ("patients", {}), ("review", {}), ("deck", {}))
_FIGURE = re.compile(r"\d[\d,.]*")
_MARKED = {"approximate": "≈", "contested": "◆"}
_LONG_ENOUGH = 5
"""Only a figure that is no other one by chance: 31,183 or 1,418."""


def sayings(report):
    """Titles and sentences in which a figure may be said, and all cells with their texts."""
    said, found = [], []
    for section in report.sections:
        said.append(section.title)
        for block in section.blocks:
            match block:
                case ChartBlock() | DotChart():
                    said.append(block.title)
                case KeyFigures():
                    found += [figure.cell for figure in block.figures]
                case Table():
                    found += [cell for row in block.rows for cell in row]
                case _:
                    pass
    return said, found


def unmarked(report, ids, codes):
    """What a report says without its mark, or by a code of the record instead of a name."""
    said, found = sayings(report)
    for cell in found:
        mark = _MARKED.get(cell.evidence or "")
        numbers = [one for one in _FIGURE.findall(cell.text) if len(one) >= _LONG_ENOUGH]
        for sentence in said if mark and len(numbers) == 1 else ():
            at = sentence.find(numbers[0])
            if at >= 0 and mark not in sentence:
                yield "a figure without its mark", mark, sentence
    for text in (*said, *(cell.text for cell in found)):
        if re.search(r"≈\D{0,12}≈ ?\d", text) and "→" not in text and ", " not in text:
            yield "a mark twice", "≈", text
        for word in re.findall(r"(?<![\w./-])[a-z][\w-]*\w", text, re.ASCII):
            if word in ids or word in codes:
                yield "a code of the record", word, text


def held_marks(record, report, pairs):
    with (settings().public_record / "sources.csv").open(encoding="utf-8") as file:
        ids = {row["source_id"] for row in csv.DictReader(file)}
    ids = {one for one in ids if re.search(r"[\d_-]", one)}
    codes = {row["metric"] for row in record.ask("ranked_metrics", {}).rows}
    codes = {code for code in codes if "_" in code}
    found = {
        (fault, mark, sentence)
        for region, year in pairs
        for language in i18n.LANGUAGES
        for kind, others in _PAIRED
        for fault, mark, sentence in unmarked(
            report(kind, language, region=region, year=year, **others), ids, codes
        )
    }
    assert sorted(found) == []


def test_marks_of_reports_of_some_regions_and_years(report, record):
    # Contested: Chungbuk 2023; rounded: Daegu 2016 and Seoul 2022.
    held_marks(record, report, [("KR-43", 2023), ("KR-27", 2019), ("KR-11", 2022)])


@pytest.mark.long
def test_marks_of_reports_of_all_regions_and_years(report, record):
    held_marks(record, report, all_pairs(record))
