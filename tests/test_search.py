"""Search: every word, in either language, titles first."""

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

    yield hits
    use_language(None)


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
