"""Search: every word, in either language, titles first."""

from collections import Counter

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.i18n import language, use_language
from dashboard.search import find
from dashboard.settings import settings


@pytest.fixture
def search(record):
    def hits(text, code="ko", **more):
        use_language(code)
        return find(record, read_catalogue(settings().queries), text, **more)

    return hits


def codes(hits):
    return {hit.parameters["event"] for hit in hits if hit.kind == "event"}


@pytest.mark.parametrize(
    "text", ["야쿠츠크 상담", "Yakutsk consultations", "YAKUTSK  Consultations"]
)
@pytest.mark.parametrize("code", ["ko", "en"])
def test_an_event_is_found_in_either_language(search, text, code):
    assert "DG-2016-YAK" in codes(search(text, code))
    assert language() == code


def test_a_hit_speaks_the_language_of_the_reader(search):
    korean = next(hit for hit in search("DG-2016-YAK", "ko") if hit.kind == "event")
    english = next(hit for hit in search("DG-2016-YAK", "en") if hit.kind == "event")
    assert english.title == "Medical consultations and briefing in Yakutsk"
    assert korean.title != english.title


def test_institutions_sources_and_metrics_are_found(search):
    assert {hit.kind for hit in search("동산의료원")} >= {"institution"}
    assert {hit.kind for hit in search("매일신문")} >= {"source"}
    assert [hit.parameters for hit in search("외국인환자 수")][:1] == [
        {"metric": "foreign_patients"}
    ]


def test_every_word_must_occur(search):
    assert search("Yakutsk zebra", "en") == []
    assert search("   ") == []


def test_titles_come_before_the_rest_and_the_list_ends(search):
    hits = search("daegu", "en", limit=5)
    assert len(hits) == 5
    assert all("daegu" in hit.title.casefold() for hit in hits)


def test_only_web_addresses_become_links(search):
    assert all(hit.url is None or hit.url.startswith("http") for hit in search("seed", limit=500))


def test_a_number_finds_its_figure_and_says_which_part_of_a_year_it_is_of(search):
    """1,322 Russians to October 2016, and 1,295 in the whole year (press and ministry)."""
    (hit,) = (hit for hit in search("1,322 러시아") if "1,322" in hit.title)
    assert (hit.kind, hit.page) == ("figure", "patients")
    assert hit.parameters == {"region": "KR-27", "year": "2016"}
    assert hit.detail == "대구 · 2016 · 10월까지 · 러시아"
    assert search("1322 러시아")[0] == hit


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("24,854 성형외과", "전국 · 2014 · 중국 · 성형외과"),
        ("25,101 피부과", "전국 · 2013 · 피부과"),
    ],
)
def test_a_figure_of_a_department_says_so_and_leads_to_the_patients(search, text, detail):
    """24,854 of plastic surgery are no second figure of all Chinese patients of 2014."""
    (hit,) = (hit for hit in search(text) if hit.kind == "figure")
    assert (hit.detail, hit.page) == (detail, "patients")


def test_no_two_figures_of_different_parts_look_alike(search):
    """But for the number: whose they are is said of each, also of a district."""
    hits = [hit for hit in search("2016", limit=5000) if hit.kind == "figure"]
    assert len(hits) > 100
    said = Counter((hit.title.partition(":")[0], hit.detail) for hit in hits)
    assert {what for what, count in said.items() if count > 1} == set()
