"""The report of the sources: which there are, what they cover, where they disagree."""

from collections import Counter

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.compose import draft
from dashboard.content.document import Table
from dashboard.content.links import Link
from dashboard.errors import UsageError
from dashboard.i18n import speaking
from dashboard.render.footnotes import key_of
from dashboard.settings import settings


def table(report, question):
    return next(
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.question == question
    )


@pytest.fixture(scope="module")
def small(small_record):
    """One official source and two papers; a settled figure, a single one, and an error."""
    record = small_record(
        {
            "sources": [
                {"source_id": "a", "tier": "official"},
                {"source_id": "b", "publisher": "B", "tier": "newspaper"},
                {"source_id": "c", "publisher": "C", "tier": "newspaper"},
            ],
            "observations": [
                {"year": "2019", "value": "10", "source_id": "a"},
                {"year": "2019", "value": "10", "source_id": "b"},
                {"year": "2020", "value": "7", "source_id": "c"},
                {"year": "2021", "value": "8", "source_id": "c", "suspect": "true"},
            ],
        }
    )
    return draft(record, "sources", {}, "en")


def test_headline_counts_sources_by_kind(small):
    assert small.sections[0].title == "3 sources, 1 of them official; 0 disagreements"
    assert [(row[0].text, row[1].value) for row in table(small, "sources").rows] == [
        ("official", 1),
        ("newspaper", 2),
    ]


def test_every_source_is_in_the_list_at_the_end(small, record, report):
    assert [source.source_id for source in small.sources] == ["a", "b", "c"]
    every = {row["source_id"] for row in record.ask("sources").rows}
    assert {source.source_id for source in report("sources", "ko").sources} == every


def test_a_deck_counts_sources_and_lists_those_of_its_figures_alone(record):
    deck = draft(record, "deck", {"region": "KR-27", "year": 2019}, "en")
    every = {row["source_id"] for row in record.ask("sources").rows}
    cited = {
        source_id
        for section in deck.sections
        for block in section.blocks
        if isinstance(block, Table) and block.question == "sources"
        for row in block.rows
        for source_id in row[1].source_ids
    }
    assert not cited
    assert {source.source_id for source in deck.sources} < every


def test_coverage_marks_each_cell_by_its_evidence(small):
    # Of 17 regions and 3 years, 51 cells, Daegu has a settled figure and a single one.
    coverage = table(small, "coverage")
    assert coverage.title == (
        "Foreign patients: figures for 2 of 51 region-years, 1 of them settled"
    )
    assert [column.name for column in coverage.columns] == ["region", "2019", "2020", "2021"]
    daegu = next(row for row in coverage.rows if row[0].text == "Daegu")
    assert [(cell.text, cell.shade) for cell in daegu[1:]] == [("●", 4), ("○", 2), ("×", None)]
    seoul = next(row for row in coverage.rows if row[0].text == "Seoul")
    assert {(cell.text, cell.link) for cell in seoul[1:]} == {("·", None)}


def test_every_sign_is_explained_once(small):
    """By the note, where no medium does it: below a table stand the signs of doubt in it."""
    coverage = table(small, "coverage")
    with speaking("en"):
        explained = f"{coverage.note} {key_of(coverage)}"
    for name in ("● settled", "○ single source", "· no data"):
        assert explained.count(name) == 1, name


def test_cell_with_claims_opens_them(small):
    """So does a cell all of whose claims are left out."""
    daegu = next(row for row in table(small, "coverage").rows if row[0].text == "Daegu")
    assert [cell.link for cell in daegu[1:]] == [
        Link("", (("evidence", f"foreign_patients.KR-27.{year}"),)) for year in (2019, 2020, 2021)
    ]


def test_coverage_is_of_the_metric_that_was_chosen(report):
    coverage = table(report("sources", "en", metric="spending_krw"), "coverage")
    assert not coverage.title.startswith("Foreign patients:")
    with pytest.raises(UsageError, match="share_of_korea_pct"):
        report("sources", "en", metric="share_of_korea_pct")


def test_every_dispute_has_two_statements_a_reading_and_its_sources(report):
    """One is about a text that ends in the middle of a sentence, with nothing to set against it."""
    disputes = table(report("sources", "ko"), "disputes")
    assert len(disputes.rows) == 54
    assert "해외 바이어 34" in disputes.rows[0][1].text
    for row in disputes.rows:
        assert row[0].source_ids
        assert row[0].text
        assert row[1].text
        assert row[3].text
    assert [row[4].text for row in disputes.rows if not row[2].text] == ["K26"]


def test_a_dispute_is_named_by_its_subject_and_not_by_its_id(report):
    disputes = table(report("sources", "ko"), "disputes")
    shown = [column.name for column in disputes.columns if not column.is_drawn_in]
    assert shown == ["subject", "statement_a", "statement_b", "reading"]
    # K11 of the record: "Cluster grants of Daegu 2017-2019"
    (eleventh,) = (row for row in disputes.rows if row[4].text == "K11")
    assert eleventh[0].text == "2017~2019년 대구 클러스터 국비"


def test_dictionary_defines_every_metric(report):
    metrics = read_catalogue(settings().queries).all()
    section = report("sources", "en").sections[-1]
    assert section.title == f"Data dictionary ({len(metrics)} metrics)"
    (dictionary,) = section.blocks
    assert Counter(row[1].text for row in dictionary.rows) == Counter(m.id for m in metrics)
    assert all(row[0].text and row[2].text for row in dictionary.rows)
