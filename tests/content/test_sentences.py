"""Every heading and finding of regions and years, in both languages, held to rules of grammar."""

import random
import re

import pytest

from dashboard import i18n
from dashboard.catalogue import read_catalogue
from dashboard.content.care import department_chart, institution_chart
from dashboard.content.contribution import change_chart
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
from dashboard.settings import settings
from dashboard.store.checkpoint import Head
from tests.content.sentence_rules import YEARS, all_pairs, faults

_SAMPLE = 30
"""Pairs of region and year in the ordinary run; the long run takes all."""


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


def test_sentences_of_some_regions_and_years(record):
    held(record, random.Random(11).sample(all_pairs(record), _SAMPLE))


@pytest.mark.long
def test_sentences_of_all_regions_and_years(record):
    held(record, all_pairs(record))


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
