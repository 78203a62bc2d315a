"""Editions: the same view is the same edition, and what it shows stays."""

import hashlib
import json
from dataclasses import replace

import pytest
from attrs import evolve

from dashboard.access import DESK, Identity, Role
from dashboard.errors import RecordMissing, UsageError
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.editions import Editions, short_id
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import marts_file

VIEW = {"region": "KR-27", "year": 2019}


@pytest.fixture(scope="module")
def settings(small_settings, build_of):
    """A workspace with one small build, shared: each test freezes in a name of its own."""
    settings = small_settings(
        {
            "sources": [{"source_id": "a"}],
            "observations": [{"value": "31183", "source_id": "a"}],
        }
    )
    build_of(settings)
    return settings


@pytest.fixture(scope="module")
def build(settings):
    return Record(settings).current()


def test_same_view_of_same_build_by_same_person_is_same_edition(settings, build):
    first = Editions(settings).freeze("kpi", VIEW, "ko", "Kim", build, identity=DESK)
    again = Editions(settings).freeze(
        "kpi", dict(reversed(VIEW.items())), "ko", "Kim", build, identity=DESK
    )
    assert again == first  # made_at included: the first time counts
    assert [edition.made_by for edition in Editions(settings).all()].count("Kim") == 1


@pytest.mark.parametrize(
    "other",
    [
        {"report": "review"},
        {"parameters": {**VIEW, "year": 2018}},
        {"language": "en"},
        {"made_by": "Lee"},
    ],
    ids=["report", "parameters", "language", "person"],
)
def test_another_view_is_another_edition(settings, build, other):
    view = {"report": "kpi", "parameters": VIEW, "language": "ko", "made_by": "Kim 1"}
    first = Editions(settings).freeze(**view, build=build, identity=DESK)
    second = Editions(settings).freeze(**(view | other), build=build, identity=DESK)
    assert first.edition_id != second.edition_id


def test_parameters_left_out_and_told_as_none_are_the_same(settings, build):
    editions = Editions(settings)
    first = editions.freeze("ranking", VIEW, "ko", "Kim 2", build, identity=DESK)
    assert (
        editions.freeze("ranking", VIEW | {"base": None}, "ko", "Kim 2", build, identity=DESK)
        == first
    )


def test_changed_questions_give_another_edition(settings, build, tmp_path):
    first = Editions(settings).freeze("kpi", VIEW, "ko", "Kim 3", build, identity=DESK)
    queries = tmp_path / "queries"
    (queries / "questions").mkdir(parents=True)
    (queries / "metrics.yml").write_text("metrics: []")
    other = Editions(evolve(settings, queries=queries))
    assert (
        other.freeze("kpi", VIEW, "ko", "Kim 3", build, identity=DESK).edition_id
        != first.edition_id
    )


def test_id_is_eight_letters_of_crockford_base32():
    content = {"b": 1, "a": "가"}
    # The first 40 bits of the digest, five at a time, taken here from its binary digits as text.
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digits = bin(int("1" + hashlib.sha256(text.encode()).hexdigest(), 16))[3:43]
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    assert short_id(content) == "".join(
        letters[int(digits[at : at + 5], 2)] for at in range(0, 40, 5)
    )
    assert len(short_id(content)) == 8


def test_opened_by_what_was_read_off_paper(settings, build):
    made = Editions(settings).freeze("kpi", VIEW, "ko", "Kim 5", build, identity=DESK)
    read = made.edition_id.upper().replace("0", "O").replace("1", "I")
    assert Editions(settings).open(f" {read} ") == made


def test_unknown_id_names_the_way_to_list(settings):
    with pytest.raises(UsageError) as refused:
        Editions(settings).open("zzzzzzzz")
    assert "edition list" in refused.value.remedy


def test_build_that_is_gone_is_made_again(settings, build):
    made = Editions(settings).freeze("kpi", VIEW, "ko", "Kim 7", build, identity=DESK)
    marts_file(settings, build.build_id).unlink()
    opened = Editions(settings).open(made.edition_id)
    figure = Record(settings).ask("figure", {**VIEW, "metric": "foreign_patients"}, opened.build)
    assert figure.first["value"] == 31183
    assert opened.build.built_at == build.built_at, "the day printed on paper does not change"


def test_build_that_cannot_be_made_again_is_said(settings, build):
    lost = replace(build, build_id="000000000000")
    made = Editions(settings).freeze("kpi", VIEW, "ko", "Kim 8", lost, identity=DESK)
    with pytest.raises(RecordMissing) as refused:
        Editions(settings).open(made.edition_id)
    assert "000000000000" in refused.value.message


def test_builds_of_editions_are_never_discarded(small_settings, small_package, build_of):
    tables = {
        "sources": [{"source_id": "a"}],
        "observations": [{"value": "1", "source_id": "a"}],
    }
    settings = small_settings(tables, builds_kept=1)
    build_of(settings)
    build = Record(settings).current()
    made = Editions(settings).freeze("kpi", VIEW, "ko", "Kim 9", build, identity=DESK)
    tables["observations"][0]["value"] = "3"
    small_package(tables, settings.public_record)
    build_of(settings)
    assert Record(settings).current() != build
    assert marts_file(settings, build.build_id).exists()
    asked = {**VIEW, "metric": "foreign_patients"}
    opened = Editions(settings).open(made.edition_id)
    assert Record(settings).ask("figure", asked, opened.build).first["value"] == 1
    assert Record(settings).ask("figure", asked).first["value"] == 3
    assert Builder(settings).has_build()


def test_editions_stand_in_the_hash_chain(settings, build):
    Editions(settings).freeze("kpi", VIEW, "ko", "Kim 10", build, identity=DESK)
    last = Ledger(settings).verify("editions")[-1]
    assert (last.actor, last.content["made_by"]) == ("desk", "Kim 10")


def test_the_log_says_which_account_froze_it_whoever_is_printed(settings, build):
    kim = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr")
    made = Editions(settings).freeze("kpi", VIEW, "ko", "Mayor Lee", build, identity=kim)
    assert made.made_by == "Mayor Lee"
    assert Ledger(settings).entries("editions")[-1].actor == "kim@daegu.go.kr"
