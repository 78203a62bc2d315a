"""A delivery that breaks its contract is refused with place, value and rule; nothing is stored."""

import csv
import json
import shutil
from pathlib import Path
from random import Random

import frictionless
import pytest

from dashboard import contract
from dashboard.errors import ClusterReviewError
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.findings import DeliveryRefused
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.build import Builder
from dashboard.store.lake import Lake


@pytest.fixture(scope="module")
def accepted(tmp_path_factory, former_record):
    """A workspace that took the former record from a folder of its own."""
    folder = shutil.copytree(former_record, tmp_path_factory.mktemp("delivery") / "record")
    settings = Settings(workspace=tmp_path_factory.mktemp("intake"), public_record=folder)
    Acceptance(settings).take_in_record()
    return settings


@pytest.fixture
def delivery(accepted, former_record):
    """The same workspace, its folder as it was."""
    shutil.copytree(former_record, accepted.public_record, dirs_exist_ok=True)
    return accepted


def change(settings, file, start, old, new):
    """In the one line that starts so, put `new` for `old`. Gives its number, the header being 1."""
    path = settings.public_record / file
    lines = path.read_bytes().split(b"\n")
    (number,) = (n for n, line in enumerate(lines) if line.startswith(start.encode()))
    assert lines[number].count(old.encode()) == 1, "the place must be unmistakable"
    lines[number] = lines[number].replace(old.encode(), new.encode("utf-8", "surrogateescape"))
    path.write_bytes(b"\n".join(lines))
    return number + 1


def refusal(settings):
    with pytest.raises(DeliveryRefused) as caught:
        Acceptance(settings).take_in_record()
    return [(f.file, f.line, f.column, f.value, f.rule) for f in caught.value.findings]


# rule, file, start of the line, what is put for what, column and value that are to be named
BROKEN = [
    ("columns", "programmes.csv", "programme_id,", "ministry", "minister",
     "", "programme_id, name_en, name_ko, minister"),
    ("encoding", "programmes.csv", "k-farm,", "k-farm", "k-f\udcffrm", "", r"b'\xff'"),
    ("width", "source_roles.csv", "osm-", "_only", "_only,", "", "3"),
    ("required", "observations.csv", "obs-0475,", "foreign_patients", "", "metric", ""),
    ("type", "observations.csv", "obs-0509,", "320284", '"320,284"', "value", "320,284"),
    ("type", "observations.csv", "obs-0509,", "2019", "19", "year", "19"),
    ("type", "observations.csv", "obs-0476,", "true", "yes", "approximate", "yes"),
    ("type", "centre_totals.csv", "2018-11-28,", ",20,", ",20.5,", "centres", "20.5"),
    ("enum", "events.csv", "DG-2020-B2B,", ",b2b,", ",congress,", "event_type", "congress"),
    ("pattern", "centre_totals.csv", "2018-03-08,", "2018-03-08", "8.3.2018", "as_of", "8.3.2018"),
    ("minimum", "awards.csv", "mct-cluster-2019-kr-27,", ",2019,", ",1999,", "year", "1999"),
    ("maximum", "centres.csv", "dg-almaty-2016,", "43.2525", "90.5", "lat", "90.5"),
    ("unique", "regions.csv", "KR-50,", ",Sejong,", ",Seoul,", "name_en", "Seoul"),
    ("primary-key", "review_visits.csv", "2019,KR-27,stop,Daegu Medical Tourism Promotion",
     "idaegu2019-cluster,2", "idaegu2019-cluster,1",
     "year, region, kind, seq", "2019, KR-27, stop, 1"),
    ("foreign-key", "observations.csv", "obs-0509,", "asiae2025", "asiae2052",
     "source_id", "asiae2052"),
    ("foreign-key", "awards.csv", "convergence-cluster-2023-kr-27-kr-47,", "KR-27;KR-47",
     "KR-27;KR-99", "region", "KR-99"),
    ("foreign-key", "event_outcomes.csv", "DG-2020-B2B,consultations,,320,", "discoverynews-b2b",
     "discoverynews-2b2", "source_ids", "discoverynews-2b2"),
    ("minimum", "observations.csv", "obs-0509,", "320284", "-5", "value", "-5"),
    ("maximum", "observations.csv", "obs-1588,", "6.3", "630", "value", "630"),
    ("calendar", "events.csv", "DG-2020-B2B,", "2020-12-01", "2020-13-41", "start_date",
     "2020-13-41"),
    ("code", "events.csv", "DG-2016-KZJ,", ",KZ,", ",ZZ,", "country", "ZZ"),
    ("format", "events.csv", "DG-2020-B2B,", "2020-12-01", "2020-12\0-01", "", ""),
    ("unique-items", "awards.csv", "mct-cluster-2017-kr-27,", "wowtv2017-cluster;sedaily2017dg",
     "sedaily2017dg;sedaily2017dg", "source_ids", "sedaily2017dg;sedaily2017dg"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "file", "start", "old", "new", "column", "value"),
    BROKEN,
    ids=[f"{broken[0]}-{broken[5] or 'file'}-{broken[6]}" for broken in BROKEN],
)
def test_one_broken_cell(delivery, rule, file, start, old, new, column, value):
    before = Lake(delivery).snapshot()
    line = change(delivery, file, start, old, new)
    assert refusal(delivery) == [(file, line, column, value, rule)]
    assert Lake(delivery).snapshot() == before
    assert len(Lake(delivery).batches()) == 1


def test_every_rule_has_a_broken_cell():
    assert {broken[0] for broken in BROKEN} == {
        "columns", "encoding", "width", "required", "type", "enum", "pattern", "minimum",
        "maximum", "unique", "primary-key", "foreign-key", "calendar", "code", "format",
        "unique-items",
    }  # fmt: skip


def test_quoted_newlines_do_not_shift_the_lines(delivery):
    path = delivery.public_record / "programmes.csv"
    name = "Medical Tourism Cluster"
    first = change(delivery, path.name, "mct-cluster,", name, '"Medical\nTourism\nCluster"')
    lines = path.read_text("utf-8").split("\n")
    # One row over three lines; the next one runs over two and lacks its last cell.
    assert lines[first + 2].startswith("wellness-cluster-old,")
    lines[first + 2] = 'wellness-cluster-old,"Wellness\nCluster",,'
    path.write_text("\n".join(lines), "utf-8")
    assert refusal(delivery) == [("programmes.csv", first + 3, "ministry", "", "required")]


def test_all_findings_are_reported_at_once(delivery):
    one = change(delivery, "observations.csv", "obs-0509,", "320284", "many")
    other = change(delivery, "events.csv", "DG-2020-B2B,", ",held,", ",done,")
    assert set(refusal(delivery)) == {
        ("observations.csv", one, "value", "many", "type"),
        ("events.csv", other, "status", "done", "enum"),
    }


def test_sentence_names_place_value_and_rule(delivery):
    line = change(delivery, "awards.csv", "mct-cluster-2019-kr-27,", ",2019,", ",1999,")
    with pytest.raises(DeliveryRefused) as caught:
        Acceptance(delivery).take_in_record()
    for part in (f"awards.csv:{line}", "year", "1999", "2000", "minimum"):
        assert part in caught.value.message


def test_files_saved_by_a_spreadsheet_are_taken_in(delivery):
    """With a byte order mark and CRLF; the lines are counted as before."""
    path = delivery.public_record / "programmes.csv"
    content = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(content.replace(b",MCST\r\n", b",\r\n", 1))
    assert refusal(delivery) == [("programmes.csv", 2, "ministry", "", "required")]


def test_missing_table_is_refused_in_words(delivery):
    (delivery.public_record / "awards.csv").unlink()
    with pytest.raises(ClusterReviewError, match=r"awards\.csv"):
        Acceptance(delivery).take_in_record()


@pytest.mark.parametrize(
    ("file", "start", "old", "new"),
    [
        ("awards.csv", "mct-cluster-2019-kr-27,", ",2019,", ",２０１９,"),  # full-width digits
        ("awards.csv", "mct-cluster-2019-kr-27,", ",6,", ",6000000000,"),  # more than 32 bits
        ("observations.csv", "obs-0509,", "320284", "3.2e20"),  # more than 18 digits
        ("awards.csv", "mct-cluster-2018-kr-27,", ",wowtv2018-", ",wowtv2018-cluster;wowtv2018-"),
    ],
    ids=["full-width digits", "huge integer", "huge number", "an id twice in a list"],
)
def test_what_is_taken_in_can_be_built(delivery, tmp_path, file, start, old, new):
    """A cell that no build can read must be refused at the door, where its line is known."""
    settings = Settings(workspace=tmp_path, public_record=delivery.public_record)
    change(settings, file, start, old, new)
    try:
        Acceptance(settings).take_in_record()
    except DeliveryRefused:
        return
    Builder(settings).build_current()


# ---- Frictionless as an oracle

PACKAGE = json.loads((PROJECT_ROOT / "data/public_record/datapackage.json").read_text("utf-8"))
LISTS = {  # columns with several ids in a cell: Table Schema cannot say what they refer to
    (resource["path"], field["name"])
    for resource in PACKAGE["resources"]
    for field in resource["schema"]["fields"]
    if "references" in field
}
CORRUPTIONS = ["", "?", "-1", "1999", "12.5", "zz-top", "2019-05", "the cell above"]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def corrupt(folder, random, cut_short):
    """Spoil one random cell that has a rule to break, or cut its row short; gives what was done."""
    # A table that came after the former record has no row to spoil.
    filled = [one for one in PACKAGE["resources"] if len(rows_of(folder / one["path"])) > 2]
    resource = random.choice(filled)
    path = folder / resource["path"]
    rows = rows_of(path)
    ruled = [n for n, field in enumerate(resource["schema"]["fields"]) if field.get("constraints")]
    row, column = random.randrange(2, len(rows)), random.choice(ruled)
    value = random.choice(CORRUPTIONS)
    if cut_short:
        del rows[row][-1]
    else:
        rows[row][column] = rows[row - 1][column] if value == "the cell above" else value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path.name, row + 1, rows[0][column], "cut short" if cut_short else value


def bad_rows(settings):
    """(file, row) of our findings; no cell of the former record runs over two lines."""
    try:
        Acceptance(settings).take_in_record()
    except DeliveryRefused as refused:
        return {
            (finding.file, finding.line)
            for finding in refused.findings
            if finding.rule != "foreign-key" or (finding.file, finding.column) not in LISTS
        }
    return set()


def bad_rows_of_frictionless(folder):
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return {
        (Path(task.place).name, error.row_number) for task in report.tasks for error in task.errors
    }


@pytest.mark.parametrize(
    ("seed", "count", "cut_short"),
    [
        (1, 5, False),
        *(pytest.param(seed, 5, False, marks=pytest.mark.long) for seed in (2, 3)),
        (4, 3, True),
    ],
)
def test_frictionless_finds_the_same_rows(delivery, seed, count, cut_short):
    random = Random(seed)
    done = [corrupt(delivery.public_record, random, cut_short) for _ in range(count)]
    found = bad_rows(delivery)
    assert found, "at least one corruption must break a rule"
    assert found == bad_rows_of_frictionless(delivery.public_record), done


def test_a_contract_is_read_in_english_in_a_language_that_it_does_not_have(monkeypatch):
    monkeypatch.setattr(contract, "LANGUAGES", ("ko", "en", "ja"))
    title = contract.read_contracts(PROJECT_ROOT / "data" / "contracts")["events"].title
    assert title["ja"] == title["en"] != title["ko"]
