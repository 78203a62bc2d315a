"""Both languages are complete: sentences, codes, and the texts of the public record."""

import ast
import csv
import inspect
import io
import re
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from dashboard import i18n
from dashboard.access import Action, Role
from dashboard.catalogue import Unit
from dashboard.content.awards import AwardState
from dashboard.intake.delivery import Status
from dashboard.judging import rounds
from dashboard.judging.views import Phase, SheetStatus
from dashboard.render.screen.world_map import AREAS
from dashboard.review import panel
from dashboard.review.panel_robustness import ReferenceWay
from dashboard.search import HitKind
from dashboard.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "dashboard" / "i18n"
RECORD = PROJECT_ROOT / "data" / "public_record"

TRANSLATED = {
    "events": ("title_en", "note", "host", "city_en"),
    "event_outcomes": ("note",),
    "event_participants": ("participant_en", "note"),
    "event_programme": ("text_en", "given_by_en", "note"),
    "disputes": ("subject", "statement_a", "statement_b", "reading"),
    "programmes": ("name_en", "ministry"),
    "awards": ("note",),
    "review_visits": ("item_en",),
    "review_criteria": ("criterion_en", "stage", "note"),
    "centres": ("operator", "note", "city_en"),
    "centre_countries": ("evidence",),
    "observations": ("note",),
    "sources": ("title_en", "publisher"),
    "agreements": ("party_a", "party_b", "note"),
    "funding_lines": ("programme", "payer", "note"),
    "institutions": ("name_en", "note", "city"),
}
LISTS = {"party_a", "party_b"}
"""Columns of several texts, joined by a semicolon; pages show each."""
CODED = {
    ("observations", "department"): "department",
    ("observations", "institution_class"): "institution_class",
    ("observations", "status"): "status",
    ("observations", "period"): "period",
    ("observations", "unit"): "unit",
    ("event_outcomes", "measure"): "measure",
    ("event_outcomes", "unit"): "unit",
    ("event_outcomes", "per"): "per",
    ("event_participants", "role"): "participant_role",
    ("event_programme", "kind"): "programme_kind",
    ("events", "event_type"): "event_type",
    ("events", "title_ko_origin"): "title_origin",
    ("agreements", "kind"): "agreement_kind",
    ("agreements", "state"): "agreement_state",
    ("funding_lines", "money_source"): "money_source",
    ("events", "status"): "event_status",
    ("awards", "outcome"): "outcome",
    ("awards", "programme_id"): "programme",
    ("sources", "tier"): "tier",
    ("regions", "region"): "region",
}
CLOSED = {
    "access_action": Action,
    "access_role": Role,
    "aggregation": get_args(ReferenceWay),
    "area": AREAS,
    "award_state": get_args(AwardState),
    "blank_policy": get_args(panel.BlankPolicy),
    "hit": get_args(HitKind),
    "intake_status": get_args(Status),
    "pooling": get_args(panel.Pooling),
    "review_stage": ("all", *get_args(panel.Stage)),
    "round_phase": Phase,
    "rounded_at": get_args(panel.RoundingPlace),
    "sheet_status": SheetStatus,
    "tie_rule": {*get_args(panel.TieStep)} - {"criterion", "stage"},
    "tie_step": get_args(panel.TieStep),
    "unit": get_args(Unit),
}
"""Codes that the product itself sets. A tie step of one criterion or stage has its sentence."""


# Sentences are marked by gettext; of an error, its title is one too.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)} | dict.fromkeys(
    (
        "UsageError",
        "CatalogueFault",
        "QuestionFault",
        "PackageFault",
        "RecordMissing",
        "BuildRefused",
        "LedgerBroken",
        "AccessDenied",
        "JudgingRefused",
        "SavedElsewhere",
        "WorkspaceBusy",
        "WorkspaceDamaged",
        "BackupRefused",
        "ServingFailed",
    ),
    (1,),
)


def catalogue(language: str, domain: str):
    with (FOLDER / language / f"{domain}.po").open("rb") as source:
        return read_po(source, locale=language)


def values(table: str, column: str, folder: Path = RECORD) -> set[str]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return {row[column] for row in csv.DictReader(source)} - {""}


def sentences() -> set[str]:
    methods, options = parse_mapping_cfg(
        io.StringIO((FOLDER / "extraction.cfg").read_text("utf-8"))
    )
    found = extract_from_dir(PROJECT_ROOT, methods, options, keywords=KEYWORDS)
    return within_strings() | {
        message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found
    }


def within_strings() -> set[str]:
    """Sentences that stand inside an f-string, which the extraction takes for one text."""
    return {
        call.args[0].value
        for path in (PROJECT_ROOT / "dashboard").rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "_"
        if isinstance(call.args[0], ast.Constant)
    }


def test_every_sentence_of_the_product_is_translated():
    korean = {
        message.id[0] if isinstance(message.id, tuple) else message.id: message
        for message in catalogue("ko", "messages")
        if message.id
    }
    assert sentences() == set(korean)
    assert [key for key, message in korean.items() if not message.string or message.fuzzy] == []


def test_translations_keep_the_places_for_values():
    broken = [
        message.id
        for message in catalogue("ko", "messages")
        if message.id
        and isinstance(message.id, str)
        and set(re.findall(r"\{\w+\}", message.id)) != set(re.findall(r"\{\w+\}", message.string))
    ]
    assert broken == []


def test_both_languages_label_the_same_codes():
    labels = {
        language: {(m.context, m.id) for m in catalogue(language, "codes") if m.id and m.string}
        for language in i18n.LANGUAGES
    }
    assert labels["ko"] == labels["en"]


def test_labels_keep_the_places_for_values():
    places = {
        language: {
            (m.context, m.id): set(re.findall(r"\{\w+\}", m.string))
            for m in catalogue(language, "codes")
            if m.id
        }
        for language in i18n.LANGUAGES
    }
    assert places["ko"] == places["en"]


@pytest.mark.parametrize(("code_list", "codes"), CLOSED.items())
def test_every_code_of_the_product_has_a_label(code_list, codes):
    """A code without one would be printed bare."""
    labelled = {m.id for m in catalogue("ko", "codes") if m.context == code_list and m.string}
    assert set(map(str, codes)) - labelled == set()


def test_every_fault_of_a_rule_has_a_label():
    def keys(judge):
        """Of the dict of what is wrong in the body of a function."""
        nodes = ast.walk(ast.parse(inspect.getsource(judge)))
        return {key.value for node in nodes if isinstance(node, ast.Dict) for key in node.keys}

    labelled = {m.id for m in catalogue("ko", "codes") if m.context == "rule_fault" and m.string}
    assert keys(panel.rule_faults) | keys(rounds._checked) == labelled


@pytest.mark.parametrize(("place", "code_list"), CODED.items())
def test_every_code_of_the_record_has_a_label(place, code_list):
    labelled = {m.id for m in catalogue("ko", "codes") if m.context == code_list}
    assert values(*place) - labelled == set()


def test_every_text_of_the_record_is_translated(former_record):
    translated = {message.id for message in catalogue("ko", "record")}
    missing = {
        (table, text)
        for folder in (RECORD, former_record)
        for table, columns in TRANSLATED.items()
        for column in columns
        for cell in values(table, column, folder)
        for text in (cell.split(";") if column in LISTS else [cell])
        if text not in translated
    }
    assert missing == set()


def test_no_text_of_the_record_names_an_award_by_its_id():
    ids = values("awards", "award_id")
    named = {
        text
        for table, columns in TRANSLATED.items()
        for column in columns
        for text in values(table, column)
        if ids & set(re.findall(r"[\w-]+", text))
    }
    assert named == set()


def test_no_english_word_stands_alone_in_a_translation():
    """Names of publishers and firms may stay as they are, words of a sentence not."""
    plain = re.compile(r"(?<![\w.-])[a-z]{4,}(?![\w.:-]*[\d:])")
    shown = {
        text
        for table, columns in TRANSLATED.items()
        for column in columns
        for cell in values(table, column)
        for text in (cell.split(";") if column in LISTS else [cell])
    }
    korean = {m.id: m.string for m in catalogue("ko", "record") if m.id in shown}
    english = [
        said for said in korean.values() if plain.search(said) and not re.search("[가-힣]", said)
    ]
    assert sorted(english) == ["gohealthkorea"]


def test_korean_titles_of_events_are_those_of_the_table():
    korean = {message.id: message.string for message in catalogue("ko", "record")}
    with (RECORD / "events.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["event_id"] for row in rows if korean[row["title_en"]] != row["title_ko"]] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_region_names_agree_with_the_record(language):
    i18n.use_language(language)
    with (RECORD / "regions.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            assert i18n.label("region", row["region"]) == row[f"name_{language}"]
