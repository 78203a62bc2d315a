"""Every heading and finding of regions and years, in both languages, held to rules of grammar."""

import csv
import random
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from dashboard import i18n
from dashboard.catalogue import read_catalogue
from dashboard.content.care import department_chart, institution_chart
from dashboard.content.compose import draft
from dashboard.content.contribution import change_chart
from dashboard.content.document import (
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Table,
)
from dashboard.content.findings import (
    centres_finding,
    nationality_finding,
    nationality_years_finding,
    patients_finding,
    patients_sentence,
    ranking_finding,
    trend_finding,
)
from dashboard.content.nationality import concentration_finding, mix_chart
from dashboard.content.readings import change_words
from dashboard.content.recovery import recovery_chart
from dashboard.intake.findings import Finding
from dashboard.intake.offers import OFFERS
from dashboard.judging.texts import head_line, log_promise, practice_warning, weights_note
from dashboard.kpi import read_metric
from dashboard.settings import PROJECT_ROOT, Settings, settings
from dashboard.store.checkpoint import Head

YEARS = range(2009, 2026)
_SAMPLE = 30
"""Pairs of region and year in the ordinary run; the long run takes all."""

_COUNTED = r"years|regions|nationalities|departments|classes|events|centres|countries|awards"
WRONG = {
    "both": {
        "a value that is none": re.compile(r"(?<![A-Za-z])(None(?! of )|nan|NaN|inf)(?![A-Za-z])"),
        "an open place": re.compile(r"[{}]"),
        "two spaces": re.compile(r"  "),
        "two signs": re.compile(r"[▲▼]\s*[-+−±]|[-+−±]{2}(?![a-z])|≈\s*≈"),
        "a per cent of other than one decimal": re.compile(r"\d\.\d{2,}\s?%|[^.\d,]\d+\.\s?%"),
        "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
        "a space before a comma": re.compile(r" [,;.](\s|$)"),
    },
    "ko": {
        "two forms of a particle": re.compile(r"(와\(과\)|이\(가\)|을\(를\)|은\(는\)|\(으\)로)"),
        "a superlative without its condition": re.compile(
            r"^(?!.*(공개된|수치가 있는|가운데|국적은)).*(최다|최고|가장)"
        ),
        "a rank without what it means": re.compile(
            r"(?<!수치가 있는 )(?<!모두 있는 )(?<!전체 )\b\d+개 지역 중 \d+위"
        ),
        "English": re.compile(r"[A-Za-z]{3,}"),
    },
    "en": {
        "one of many": re.compile(rf"(?<![\d.,-])\b1 ({_COUNTED})\b"),
        "many of one": re.compile(r"\b(?!1\b)\d+ (year|region|nationality|department|event) "),
        "a rank without what it means": re.compile(r"\brank \d+ of (?!the \d+ regions with|all )"),
        "Hangul": re.compile(r"[가-힣]"),
        "a superlative without its condition": re.compile(
            r"^(?!.*(\bof (all|\d+)|published|with figures|most patients from)).*"
            r"\b(greatest|highest|largest|most)\b"
        ),
    },
}


def sentences(record, region, year, metric_name):
    """What the pages, reports and slides say of a region and year, in the reader's language."""
    asked = {"region": region, "year": year}

    def rows(question, **others):
        return list(record.ask(question, others or asked).rows)

    patients = {"metric": "foreign_patients"}
    figure = rows("figure", **patients, **asked)[0]
    ranking = rows("ranking", **patients, year=year)
    mix, rates = rows("patients_by_nationality"), rows("printed_rates")
    trend = rows("trend", **patients, region=region)
    years = rows("nationality_years", region=region)
    concentration = rows("nationality_concentration")
    recovery = rows("recovery", region=region, base=2019)
    departments, classes = rows("department_mix"), rows("institution_mix")
    earlier = max(year - 1, YEARS[0])
    changes = rows("patients_change_by_nationality", **asked, base=earlier)
    centres = [row for row in rows("map_years", owner_region=region) if row["year"] == year]

    def said():
        yield patients_finding(region, year, figure, ranking)
        yield ranking_finding(region, year, ranking)
        yield patients_sentence(region, year, figure, mix, rates)
        yield nationality_finding(region, year, mix, rates)
        if trend:
            yield trend_finding(metric_name(), region, trend)
        if years:
            yield nationality_years_finding(region, years)
        if any(row["part"] != "rest" for row in mix):
            yield from of_chart(mix_chart(region, year, mix))
        if changes and earlier < year:
            yield from of_chart(change_chart(region, year, earlier, changes, mix, rates))
        if any(row["year"] == year for row in concentration):
            yield concentration_finding(region, year, concentration, mix, rates)
        if recovery:
            yield from of_chart(recovery_chart(region, 2019, recovery))
        if departments:
            yield from of_chart(department_chart(region, year, departments))
        if classes:
            yield from of_chart(institution_chart(region, year, classes))
        for row in centres:
            yield centres_finding(i18n.label("region", region), year, row)

    def of_chart(chart):
        return chart.title, chart.alt

    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            for sentence in said():
                yield language, sentence


def faults(language, sentence, *, names=False):
    """Rules that a sentence breaks; names of the record may stand in their own letters."""
    rules = WRONG["both"] | WRONG[language]
    sentence = re.sub(
        r"--[a-z-]+( \w+=\w*)?", "–", sentence
    )  # options of the command line, in any language
    if names:
        kept = latin_names() if language == "ko" else hangul_names()
        letters = r"[A-Za-z][A-Za-z&'’.-]*" if language == "ko" else r"[가-힣]+"
        sentence = re.sub(letters, lambda word: "x" if word[0] in kept else word[0], sentence)
        rules = {name: rule for name, rule in rules.items() if name not in _OF_ONE_SENTENCE}
    return [name for name, pattern in rules.items() if pattern.search(sentence)]


_OF_ONE_SENTENCE = {"a superlative without its condition", "two spaces", "a space before a comma"}
"""Rules for titles: texts with names taken out, and lists of sentences, are not held to them."""


@cache
def latin_names():
    """Latin words of the Korean texts of codes and record, units, and names of formats."""
    known = {
        "CSV",
        "PDF",
        "PPTX",
        "XLSX",
        "HWPX",
        "HWP",
        "XLS",
        "ODS",
        "Parquet",
        "KPI",
        "SHA-",
        "UTF-",
        "complete",
    }
    for domain in ("codes", "record"):
        with (PROJECT_ROOT / "dashboard/i18n/ko" / f"{domain}.po").open("rb") as source:
            for message in read_po(source):
                known |= set(re.findall(r"[A-Za-z][A-Za-z&'’.-]*", str(message.string)))
    return known


@cache
def hangul_names():
    """Words of the public record in Hangul."""
    return {
        word
        for path in Settings().public_record.glob("*.csv")
        for word in re.findall(r"[가-힣]+", path.read_text("utf-8"))
    }


def held(record, pairs):
    metric = {"ko": "외국인환자 수", "en": "Foreign patients"}
    found, count = set(), 0
    for region, year in pairs:
        for language, sentence in sentences(record, region, year, lambda: metric[i18n.language()]):
            count += 1
            found |= {(fault, language, sentence) for fault in faults(language, sentence)}
    print(f"{count} sentences generated")
    assert sorted(found) == []
    assert count > 10 * len(pairs)


def all_pairs(record):
    regions = [row["region"] for row in record.ask("regions", {}).rows]
    return [(region, year) for region in regions for year in YEARS]


def test_sentences_of_some_regions_and_years(record):
    held(record, random.Random(11).sample(all_pairs(record), _SAMPLE))


@pytest.mark.long
def test_sentences_of_all_regions_and_years(record):
    held(record, all_pairs(record))


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


_PAIRED = (("kpi", {}), ("patients", {}), ("review", {}), ("deck", {}))
_FIGURE = re.compile(r"\d[\d,.]*")
_MARKED = {"approximate": "≈", "contested": "◆"}


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
        # Only a figure long enough to be no other one by chance: 31,183 or 1,418.
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


_LONG_ENOUGH = 5


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


def test_findings_of_rules_and_texts_of_the_review_room():
    found, count = set(), 0
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            said = [
                *(
                    Finding("a.csv", 3, "", "3", rule, "4", example="5").rule_text()
                    for rule in OFFERS
                ),
                practice_warning(),
                weights_note(),
                log_promise(),
                head_line(Head(1, "0" * 64)),
            ]
            count += len(said)
            found |= {
                (fault, language, sentence)
                for sentence in said
                for fault in faults(language, sentence, names=True)
            }
    print(f"{count} sentences of findings and of the review room")
    assert sorted(found) == []


def test_a_change_has_one_sign(record):
    """It said `▼ -2.1 pp`: the arrow is the sign."""
    metrics = read_catalogue(settings().queries).overview()
    for year in (2016, 2017, 2020):
        for metric in metrics:
            words = change_words(read_metric(record, metric, "KR-27", year))
            assert not re.search(r"[-+−]\d", words["change"]), words


@pytest.mark.parametrize(
    ("language", "sentence", "fault"),
    [
        ("en", "Daegu: 1 years with figures", "one of many"),
        ("en", "▼ -2.1 pp", "two signs"),
        ("en", "Seoul 2019: most visits from China", "a superlative without its condition"),
        ("en", "Seoul 2019: 대구", "Hangul"),
        ("ko", "대구 2012년: 3개 지역 중 2위", "a rank without what it means"),
        ("en", "Daegu 2012: rank 2 of 3", "a rank without what it means"),
        ("ko", "바꿉니다.. 예: 5", "two full stops"),
        ("ko", "대구와(과) 동점", "two forms of a particle"),
        ("ko", "최다는 몽골(3.6%)", "a superlative without its condition"),
        ("ko", "대구 2019년: None명", "a value that is none"),
    ],
)
def test_the_rules_find_what_was_wrong(language, sentence, fault):
    assert fault in faults(language, sentence)


@pytest.mark.parametrize(
    ("counts", "korean", "english"),
    [
        # all five have one year of the six: none has the most
        (
            (1, 1, 1, 1, 1),
            "서울: 국적 5개가 각각 6개 연도 중 1개 연도에 수치가 있음",
            "Seoul: years with figures, 1 of 6 for each of the 5 nationalities",
        ),
        # four of five have 3, the fifth 1: the four have the most
        (
            (3, 3, 3, 3, 1),
            "서울: 수치가 있는 연도가 가장 많은 국적은 4개(각각 6개 연도 중 3개 연도)",
            "Seoul: figures for the most years, 3 of 6: 4 nationalities",
        ),
        (
            (3, 1),
            "서울: 수치가 있는 연도가 가장 많은 국적은 중국(6개 연도 중 3개)",
            "Seoul: figures for the most years, 3 of 6: China",
        ),
    ],
)
def test_nationalities_with_equally_many_years_are_no_most(counts, korean, english):
    rows = [
        {"nationality": nation, "year": year, "year_count": count}
        for nation, count in zip(("CN", "JP", "US", "VN", "RU"), counts, strict=False)
        for year in range(2014, 2020)
    ]
    for language, sentence in (("ko", korean), ("en", english)):
        with i18n.speaking(language):
            assert nationality_years_finding("KR-11", rows) == sentence
