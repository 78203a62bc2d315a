"""The public record is well described and holds every figure of the five base documents."""

import csv
import hashlib
import json
import re
import shutil
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from frictionless import Package

RECORD = Path(__file__).parents[2] / "data" / "public_record"


def rows(table, folder=RECORD):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def resources():
    return json.loads((RECORD / "datapackage.json").read_text("utf-8"))["resources"]


def fields():
    return [
        (resource["name"], field)
        for resource in resources()
        for field in resource["schema"]["fields"]
    ]


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(RECORD, tmp_path / "record")


def doctor(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, "the place to doctor must be unmistakable"
    path.write_text(text.replace(old, new), "utf-8")


# ---- The description fits the tables


def package_errors(folder=RECORD):
    report = Package(str(folder / "datapackage.json")).validate()
    return report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_package_is_valid():
    assert package_errors() == []


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("observations", "obs-2048,", "obs-2047,"),  # key twice
        ("programmes", "k-farm,", "k-farms,"),  # an award points nowhere
        (
            "events",
            "DG-2018-BJ,KR-27,forum,",
            "DG-2018-BJ,KR-27,congress,",
        ),  # not in the closed list
        ("centre_totals", "2018-03-08,", "8.3.2018,"),  # no ISO date
    ],
)
def test_package_validation_catches(copy, table, old, new):
    doctor(copy, table, old, new)
    assert package_errors(copy)


def test_every_table_is_described():
    assert {path.stem for path in RECORD.glob("*.csv")} == {
        resource["name"] for resource in resources()
    }


@pytest.mark.parametrize("text", ["title", "title_ko", "description"])
def test_every_field_is_described(text):
    assert [(table, field["name"]) for table, field in fields() if not field.get(text)] == []


def test_only_growth_is_below_zero():
    below_zero = {row["metric"] for row in rows("observations") if Decimal(row["value"]) < 0}
    assert {metric for metric in below_zero if "growth" not in metric} == set()


# ---- Cells that hold several ids


def broken_references(folder=RECORD):
    broken = []
    for table, field in fields():
        if "references" not in field:
            continue
        target = field["references"]
        known = {row[target["field"]] for row in rows(target["resource"], folder)}
        for row in rows(table, folder):
            items = row[field["name"]].split(field["separator"]) if row[field["name"]] else []
            broken += [
                (table, field["name"], item)
                for item in items
                if item not in known or items.count(item) > 1
            ]
    return broken


def test_references_in_lists_resolve():
    assert any("references" in field for _, field in fields())
    assert broken_references() == []


def test_broken_reference_in_list_is_caught(copy):
    doctor(copy, "awards", ",KR-27;KR-47,", ",KR-27;KR-99,")
    assert broken_references(copy) == [("awards", "region", "KR-99")]


# ---- Every figure of the base documents is in the record

PLACE = re.compile(r"\bin (?:the five country rows of )?(\w+) ([^;]+)$")

# Table -> what the words after its name in a place stand for. Ids may be several, joined by ", ".
ADDRESS = {
    "observations": ["observation_id"],
    "event_outcomes": ["event_id", "measure"],
    "awards": ["award_id"],
    "centre_totals": ["as_of"],
    "events": ["event_id"],
    "institutions": ["institution_id"],
    "disputes": ["dispute_id"],
    "sources": ["source_id"],
    "centres": ["centre_id"],
    "review_criteria": ["programme_id", "year"],
}

# Item -> the column in which its figure stands: text and dates contain it, numbers equal it.
# Items that are neither here nor in the two sets below stand in `value`.
COLUMN = {
    "event start": "start_date",
    "event end": "end_date",
    "edition year": "start_date",
    "start": "start_date",
    "end": "end_date",
    "forum day": "start_date",
    "onsite review": "start_date",
    "Podolsk visit": "start_date",
    "registration date": "published_on",
    "life center founded": "opened_on",
    "rank in 2019": "rank",
    "grant 2019": "grant_krw",
    "onsite judges": "judges",
    "first year at the top": "year",
    "project year": "year",
    "year of the count to late October": "year",
    "promotion centres": "centres",
    "countries with centres": "countries",
    "year of the results assessed": "criterion_en",
    "year of the plan assessed": "criterion_en",
    "anti-aging course edition": "title_en",  # "1st"
    "wellness list size": "note",
    "tourist attraction list size": "note",
    "fam tour first day": "note",  # month unknown, so no date
    "fam tour last day": "note",
    "sum of the five countries": "statement_b",
}

# Counted over rows: the figure is the number of rows, not a value in one of them.
COUNTED = {
    "countries in the body",
    "years at the top",
    "buying firms",
    "wellness stops of day one",
    "medical stops of day two",
}

# Printed, but not as a figure in any column: the row must be there, no more.
ROW_ONLY = {
    "countries in the headline",  # the dispute names the three
    "document screening",  # "end Dec 2018" in a note
    "fam tour days",  # follows from the two days in the note
    "opinions reported",  # another source prints five panelists
}

# The row cites the papers of that year and not the base document, which only looks back.
CITES_OTHERS = {"first year at the top"}

# What else must hold for the row, where several rows share the place.
CELLS = {
    "foreign attendees China": {"country": "CN"},
    "foreign attendees Vietnam": {"country": "VN"},
    "foreign attendees Russia": {"country": "RU"},
    "foreign attendees Mongolia": {"country": "MN"},
    "foreign attendees Japan": {"country": "JP"},
    "overseas buyers": {"country": ""},
    "rounds of B2B consultations": {"planned": "false"},
    "one-on-one sessions": {"planned": "false"},
    "MOUs signed": {"planned": "false"},
    "agreements committed": {"planned": "true"},
    "years at the top": {"rank": "1"},
}


def agrees(figure, cell):
    try:
        return Decimal(figure) == Decimal(cell)
    except ArithmeticError:  # one of the two is a text or a date
        return re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", cell) is not None


def cites(row, source):
    return source in (row.get("source_ids") or row["source_id"]).split(";")


def rows_at(table, address, folder):
    """The rows that a place such as "awards a, b" names, one list for each id."""
    columns = ADDRESS[table]
    keys = [[part] for part in address.split(", ")] if len(columns) == 1 else [address.split(" ")]
    return [
        [row for row in rows(table, folder) if [row[column] for column in columns] == key]
        for key in keys
    ]


def is_in_record(seed, folder):
    item, figure, place = seed["item"], seed["value"], PLACE.search(seed["note"])
    found = rows_at(*place.groups(), folder) if place else [[]]
    if not all(found):
        return False
    if item in ROW_ONLY:
        return True
    candidates = [
        row for group in found for row in group if CELLS.get(item, {}).items() <= row.items()
    ]
    if item == "countries in the body":
        candidates = [row for row in candidates if row["country"]]
    if item in COUNTED:
        return len(candidates) == int(figure)
    if item not in CITES_OTHERS:
        candidates = [row for row in candidates if cites(row, seed["source_id"])]
    return any(agrees(figure, row[COLUMN.get(item, "value")]) for row in candidates)


def missing_figures(folder=RECORD):
    """Figures of the base documents that the record neither holds nor declares as left out."""
    represented = [
        seed for seed in rows("seed_figures", folder) if "not represented: " not in seed["note"]
    ]
    return [seed["item"] for seed in represented if not is_in_record(seed, folder)]


def test_every_figure_of_the_base_documents_is_in_the_record():
    assert missing_figures() == []


def test_exceptions_are_items_of_the_base_documents():
    items = {seed["item"] for seed in rows("seed_figures")}
    assert (COLUMN.keys() | COUNTED | ROW_ONLY | CITES_OTHERS | CELLS.keys()) <= items


TO_OCTOBER = "Russian patients to late October 2016"


@pytest.mark.parametrize(
    ("table", "old", "new", "missing"),
    [
        (
            "observations",
            "1322,persons,false,false,seed-",
            "1323,persons,false,false,seed-",
            TO_OCTOBER,
        ),
        ("event_outcomes", "buyers,RU,5,", "buyers,RU,6,", "foreign attendees Russia"),
        (
            "event_outcomes",
            "B2B,attendees,,54,",
            "B2B,attendees,,53,",
            "buyers and companies taking part (headline)",
        ),
        ("awards", "1,400000000,,,6,", "1,400000000,,,7,", "onsite judges"),
        ("awards", "mct-cluster-2017-kr-27,", "mct-cluster-2017-kr-72,", "first year at the top"),
        (
            "centre_totals",
            "2018-11-28,KR-27,20,9,",
            "2018-11-28,KR-27,20,8,",
            "countries with centres",
        ),
        ("institutions", "\nsky-road,", "\nskyroad,", "wellness stops of day one"),
        ("events", "2016-08-31,2016-09-02", "2016-08-28,2016-09-02", "start"),
    ],
)
def test_wrong_figure_is_caught(copy, table, old, new, missing):
    doctor(copy, table, old, new)
    assert missing in missing_figures(copy)


# ---- Private persons named in the base documents stay out

# SHA-256 of family and given name, lower case, without hyphens, in alphabetical order.
PERSONS = {
    "19a1948238074e1550d1107be60ba93156cef4ff3fd138a4193e75f3a7264b36",
    "1daeecc33a3ad0a22008fb57cd08c1795349a86955cd5256aefd1a0b845f75f1",
    "2cd440a4a4465a5088804bc46795d8f9486113c324f4b05a636672473b41649f",
    "3ee88cafaf66dfac445bad9de6221820168418359b9769f0c5e6eed77e746773",
    "4159401cc0e321c37a79755c02a00e13f5674fa288aa8d4fd71dda172b260b53",
    "4874d83c0b3afbac75606c3c079088443fb54eee3cfbe30084d8e29497047dcf",
    "57be79e9cb86f82020fd637c8afe8c4b8b97dcac64f5c4be569692efbc25fb02",
    "63fa86ae6f873d9f3bd365e35889730e9e7ca80a7d59120bdce074896593615d",
    "99d2065ee5ceefbb976263bebe0536c513402ab316135efaafd45336f9d59b72",
    "aaf4fc4e4ae125e684fab5870f0c2232f5684e95161e831e1e7ebf6aa816fc61",
    "b420dc02010d5ca00a8bf53621497a6dee1caf67aa354256eae79ac9ca7bd88f",
    "b6a154cb4341a15776df1c59277e2bbecd8e134295c3c7d24e2a737570052b7b",
    "d334cbac4bb3f242dfe5e11a656333345ce05c8409bc347be201f2447e14b480",
    "ec0b4d4946bfbf949acc1a5ce6b0dc077104c0414c533dd83bb387da55dc4c41",
}


def persons_in(text, persons=PERSONS):
    words = re.findall(r"[^\W\d_]+", text.lower().replace("-", ""))
    spans = [(word,) for word in words] + list(pairwise(words))
    # A given name of two syllables may be written as two words.
    for a, b, c in zip(words, words[1:], words[2:], strict=False):
        spans += [(a, b + c), (a + b, c)]
    return [
        span
        for span in spans
        if hashlib.sha256(" ".join(sorted(span)).encode()).hexdigest() in persons
    ]


@pytest.mark.parametrize("path", sorted(RECORD.glob("*.*")), ids=lambda path: path.name)
def test_no_private_person_is_named(path):
    assert persons_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text", ["Mayor Hong Gil-dong said", "Gildong Hong", "met Hong Gil Dong,", "Gil Dong Hong"]
)
def test_named_person_is_caught(text):
    invented = {hashlib.sha256(b"gildong hong").hexdigest()}
    assert persons_in(text, invented)


CITIES = RECORD.parent / "contracts" / "datapackage.json"


def test_no_contract_is_wider_than_a_citys_unless_it_is_named():
    """What a city's file must keep the record keeps, but for the columns that the README lists."""
    cities = {
        resource["name"]: {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in json.loads(CITIES.read_text("utf-8"))["resources"]
    }
    wider = set()
    for table, field in fields():
        city = cities.get(table, {}).get(field["name"])
        if city is None:
            continue
        own, theirs = field.get("constraints", {}), city.get("constraints", {})
        is_wider = (
            (theirs.get("required", False) and not own.get("required", False))
            or not set(own.get("enum", theirs.get("enum", []))) <= set(theirs.get("enum", []))
            or ("pattern" in theirs and not matches_as_much(table, field, own, theirs))
            or any(theirs.get(bound) != own.get(bound) for bound in ("minimum", "maximum"))
            or field.get("conditions") != city.get("conditions")
            or field["type"] not in (city["type"], "integer")
        )
        if is_wider:
            wider.add(f"{table}.{field['name']}")
    text = (RECORD / "README.md").read_text("utf-8")
    section = text.split("## What the record may and a city's file may not")[1].split("\n## ")[0]
    named = re.findall(r"`([a-z_]+\.[a-z_]+)`", section)
    assert sorted(wider) == sorted(named)


def matches_as_much(table, field, own, theirs):
    """Whether the pattern is the city's own, or all values that the record has fit the city's."""
    if own.get("pattern") == theirs["pattern"]:
        return True
    held = [row[field["name"]] for row in rows(table) if row[field["name"]]]
    return all(re.fullmatch(theirs["pattern"], value) for value in held)
