"""Every heading and finding of regions and years, in both languages, held to rules of grammar."""

import random
import re

import pytest

from dashboard import i18n
from dashboard.catalogue import read_catalogue
from dashboard.charts.care import department_chart, institution_chart
from dashboard.charts.nationality import change_chart, concentration_finding, mix_chart
from dashboard.charts.recovery import recovery_chart
from dashboard.charts.trend import trend_chart
from dashboard.kpi import read_metric
from dashboard.reports.findings import (
    centres_finding,
    nationality_finding,
    nationality_years_finding,
    patients_finding,
    patients_sentence,
    ranking_finding,
)
from dashboard.reports.readings import change_words
from dashboard.settings import settings

YEARS = range(2009, 2026)
_SAMPLE = 30
"""Pairs of region and year in the ordinary run; the long run takes all."""

_COUNTED = r"years|regions|nationalities|departments|classes|events|centres|countries|awards"
WRONG = {
    "both": {
        "a value that is none": re.compile(r"(?<![A-Za-z])(None|nan|NaN|inf)(?![A-Za-z])"),
        "an open place": re.compile(r"[{}]"),
        "two spaces": re.compile(r"  "),
        "two signs": re.compile(r"[▲▼]\s*[-+−±]|[-+−±]{2}|≈\s*≈"),
        "a per cent of other than one decimal": re.compile(r"\d\.\d{2,}\s?%|[^.\d,]\d+\.\s?%"),
        "a space before a comma": re.compile(r" [,;.](\s|$)"),
    },
    "ko": {
        "two forms of a particle": re.compile(r"(와\(과\)|이\(가\)|을\(를\)|은\(는\)|\(으\)로)"),
        "a superlative without its condition": re.compile(
            r"^(?!.*(공개된|수치가 있는|가운데|국적은)).*(최다|최고|가장)"
        ),
        "English": re.compile(r"[A-Za-z]{3,}"),
    },
    "en": {
        "one of many": re.compile(rf"(?<![\d.,-])\b1 ({_COUNTED})\b"),
        "many of one": re.compile(r"\b(?!1\b)\d+ (year|region|nationality|department|event) "),
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
            yield from of_chart(trend_chart(metric_name(), region, trend))
        if years:
            yield nationality_years_finding(region, years)
        if any(row["part"] != "rest" for row in mix):
            yield from of_chart(mix_chart(region, year, mix))
        if changes and earlier < year:
            yield from of_chart(change_chart(region, year, earlier, changes))
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


def faults(language, sentence):
    rules = WRONG["both"] | WRONG[language]
    return [name for name, pattern in rules.items() if pattern.search(sentence)]


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
        ("ko", "대구와(과) 동점", "two forms of a particle"),
        ("ko", "최다는 몽골(3.6%)", "a superlative without its condition"),
        ("ko", "대구 2019년: None명", "a value that is none"),
    ],
)
def test_the_rules_find_what_was_wrong(language, sentence, fault):
    assert fault in faults(language, sentence)
