"""The law of the SQL layers, read from the files."""

import ast
import json
import re

import duckdb
import pytest

from dashboard.i18n.evidence import EVIDENCE_MARKS, weakest
from dashboard.settings import PROJECT_ROOT
from dashboard.store.connection import open_marts
from dashboard.store.pointer import marts_file
from dashboard.store.question import SINGLE_VISIT, read_relation
from dashboard.store.single_visits import open_single_visits

NAME = {
    "staging": r"stg_[a-z][a-z0-9_]*",
    "marts": r"(dim|fct)_[a-z][a-z0-9_]*",
    "questions": r"(?!stg_|dim_|fct_|check_)[a-z][a-z0-9_]*",
    "checks": r"check_[a-z][a-z0-9_]*",
}
MACROS = sorted((PROJECT_ROOT / "queries" / "macros").glob("*.sql"))
FILES = sorted(set((PROJECT_ROOT / "queries").glob("*/*.sql")) - set(MACROS))
QUESTIONS = [path for path in FILES if path.parent.name == "questions"]
STAGING = [path for path in FILES if path.parent.name == "staging"]
TAGS = ["", "grain", "reads", "param", "returns", "protects", "breakdowns"]
"""The order of a header; the opening sentences have no tag."""


def each(paths):
    names = [f"{path.parent.name}/{path.stem}" for path in paths]
    return pytest.mark.parametrize("path", paths, ids=names)


def statements(path):
    return duckdb.extract_statements(path.read_text("utf-8"))


def nodes(value):
    """Every object of a parsed statement."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def parsed(sql):
    with duckdb.connect() as connection:
        (text,) = connection.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    return json.loads(text)


def tables_read(sql):
    """Names of the tables a statement reads, schema included, its own CTEs left out."""
    found = list(nodes(parsed(sql)))
    tables = [node for node in found if node.get("type") == "BASE_TABLE"]
    ctes = {entry["key"] for node in found for entry in node.get("cte_map", {}).get("map", [])}
    names = {f"{table['schema_name']}.{table['table_name']}".lstrip(".") for table in tables}
    return names - ctes


def tags(path):
    """What each line of the header says: a tag, or nothing for the opening sentences."""
    header = re.match(r"(?:--.*\n)*", path.read_text("utf-8"))[0].splitlines()
    return [re.match(r"-- (?:([a-z]+): )?", line)[1] or "" for line in header]


def test_only_the_five_layers_hold_sql():
    queries = PROJECT_ROOT / "queries"
    layers = {queries / layer for layer in [*NAME, "macros"]}
    assert {path.parent for path in queries.rglob("*.sql")} == layers


@each(MACROS)
def test_a_macro_is_one_statement_that_makes_what_the_file_is_named_after(path):
    (statement,) = statements(path)
    assert statement.type == duckdb.StatementType.CREATE
    assert f"CREATE MACRO {path.stem}(" in path.read_text("utf-8")


@each(FILES)
def test_name_fits_the_room(path):
    assert re.fullmatch(NAME[path.parent.name], path.stem)


@each(FILES)
def test_one_statement_a_file_and_it_only_reads(path):
    assert [statement.type for statement in statements(path)] == [duckdb.StatementType.SELECT]


@each(FILES)
def test_header_is_complete_and_in_order(path):
    found = tags(path)
    assert found == sorted(found, key=TAGS.index)
    assert found.count("grain") == found.count("reads") == 1
    relation = read_relation(path)
    end = "?" if path.parent.name == "questions" else "."
    assert re.match(r"[A-Z][^.?!]*[.?!]", relation.answers)[0].endswith(end)
    assert bool(relation.columns) == (path.parent.name == "questions")


@each(FILES)
def test_reads_are_what_the_parser_finds(path):
    relation = read_relation(path)
    assert len(set(relation.reads)) == len(relation.reads)
    assert set(relation.reads) == tables_read(relation.sql)


def test_table_functions_are_no_tables():
    sql = "WITH t AS (FROM a) SELECT * FROM t, s.b, unnest([1]) AS u (x), range(3) AS r (y)"
    assert tables_read(sql) == {"a", "s.b"}


def test_example_of_a_header_is_lawful(tmp_path):
    path = tmp_path / "example.sql"
    readme = (PROJECT_ROOT / "queries" / "README.md").read_text("utf-8")
    path.write_text(re.search(r"```sql\n(.*?)```", readme, re.DOTALL)[1], "utf-8")
    relation = read_relation(path)
    (statement,) = duckdb.extract_statements(relation.sql)
    assert statement.named_parameters == {parameter.name for parameter in relation.parameters}
    assert set(relation.reads) == tables_read(relation.sql)
    assert relation.columns


@each(FILES)
def test_parameters_are_those_of_the_header_and_only_in_questions(path):
    (statement,) = statements(path)
    header = {parameter.name for parameter in read_relation(path).parameters}
    assert statement.named_parameters == header
    assert not header or path.parent.name == "questions"


@each(QUESTIONS)
def test_returns_are_what_duckdb_describes(path, record_settings, record, needed):
    relation = read_relation(path)
    build = record.current()
    file = marts_file(record_settings, build.build_id)
    is_single = SINGLE_VISIT in relation.reads
    with (
        open_single_visits(record_settings, file, build.snapshot) if is_single else open_marts(file)
    ) as connection:
        described = connection.sql(relation.sql, params=relation.bind(needed(relation)))
        types = [re.sub(r"^DECIMAL\(.*\)$", "DECIMAL", str(kind)) for kind in described.types]
    taken, added = set(), ()
    if relation.protection is not None:
        taken, added = relation.protection.taken_away, relation.protection.added
        assert taken <= set(described.columns)
    shown = [one for one in zip(described.columns, types, strict=True) if one[0] not in taken]
    assert [*shown, *((name, "BOOLEAN") for name in added)] == [
        (column.name, column.type) for column in relation.columns
    ]


@each(FILES)
def test_raw_is_named_only_in_staging(path):
    from_raw = [name for name in read_relation(path).reads if name.startswith("raw.")]
    assert len(from_raw) == (1 if path.parent.name == "staging" else 0)


@each([path for path in FILES if path.parent.name != "staging"])
def test_no_room_reads_upwards(path):
    below = ("dim_", "fct_") if path.parent.name == "questions" else ("stg_", "dim_", "fct_")
    if path.parent.name == "marts":
        below = (*below, "solved.", "visits.")
    if path.parent.name == "questions":
        below = (*below, SINGLE_VISIT)
    assert all(name.startswith(below) for name in read_relation(path).reads)


def test_nothing_in_a_build_follows_from_visits():
    """A build after a delivery of visits is the one before it, but for the files it names."""
    reads = {
        path.stem: set(read_relation(path).reads)
        for path in FILES
        if path.parent.name in ("marts", "checks")
    }
    of_visits = {name for name, read in reads.items() if "visits.visit_count" in read}
    assert of_visits == {"fct_visit_count"}
    assert [name for name, read in reads.items() if read & of_visits] == []


@each(STAGING)
def test_staging_neither_joins_nor_groups(path):
    for node in nodes(parsed(path.read_text("utf-8"))):
        assert node.get("type") != "JOIN"
        assert not node.get("group_expressions")


def test_the_staging_law_would_notice():
    found = list(nodes(parsed("SELECT a FROM x JOIN y USING (a) GROUP BY a")))
    assert any(node.get("type") == "JOIN" for node in found)
    assert any(node.get("group_expressions") for node in found)


@each(FILES)
def test_no_room_rounds(path):
    assert re.search(r"\bround(_even)?\s*\(", path.read_text("utf-8"), re.IGNORECASE) is None


SQL = re.compile(r"\b(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE|ATTACH|ORDER BY|WHERE|JOIN)\b")
PACKAGE = PROJECT_ROOT / "dashboard"
OUTSIDE = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in ("store", "intake")
]


@each(OUTSIDE)
def test_no_sql_outside_store_and_intake(path):
    tree = ast.parse(path.read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and SQL.search(text)] == []


PRIVATE = {"fct_visit_count", SINGLE_VISIT}
"""Marts with counts of a city's own patients."""


@each(QUESTIONS)
def test_counts_of_a_citys_own_patients_are_protected(path):
    relation = read_relation(path)
    assert (relation.protection is not None) == bool(PRIVATE & set(relation.reads))
    if relation.protection is not None:
        columns = [column.name for column in relation.columns]
        counted = {name for name in columns if name.endswith(("_count", "_krw"))}
        amount = relation.protection.amount
        assert counted == {*relation.protection.counts, *([amount.column] if amount else [])}
        ordered = relation.sql.rpartition("ORDER BY")[2]
        assert not [name for name in counted if name in ordered]


@each(QUESTIONS)
def test_breakdowns_are_those_that_it_asks_for(path):
    """The counts of visits hold nothing else than what the headers say."""
    relation = read_relation(path)
    asked = re.findall(r"\bbreakdown = '([a-z_;]*)'", relation.sql)
    counted = set(asked) if "fct_visit_count" in relation.reads else set()
    assert list(relation.breakdowns) == sorted(counted)
    assert bool(counted) == ("fct_visit_count" in relation.reads)


def test_figures_do_not_follow_from_visits():
    """So a file of visits needs no trial of the figures, and costs a build nothing."""
    readers = {"fct_visit_count", "visits.visit_count", "stg_visit_count"}
    found = {path.stem for path in FILES if readers & set(read_relation(path).reads)}
    assert found == {
        "fct_visit_count", "check_visit_parts", "visits_by_month", "visits_by_nationality",
    }  # fmt: skip


@each(FILES)
def test_the_order_of_evidence_is_written_once(path):
    """The weakest of several is the macro's to say: no file lists the codes again."""
    text = path.read_text("utf-8")
    assert len({code for code in EVIDENCE_MARKS if f"WHEN '{code}'" in text}) < 3
    assert not re.search(r"'settled',\s*'single source',\s*'provisional'", text)


def test_the_annual_cell_is_written_once():
    """Which figures are of a whole year and of everybody is the macros' to say."""
    places = r"(?:nationality|department|institution_class) IS NULL"
    spelled = re.compile(rf"period = 'annual'(?:\s+AND (?:\w+\.)?{places}){{2,}}")
    again = [path.name for path in FILES if spelled.search(path.read_text("utf-8"))]
    assert again == []


@pytest.mark.parametrize("firm", EVIDENCE_MARKS)
def test_the_weaker_of_two_is_as_the_signs_say(record, firm, record_settings):
    codes = [code for code in EVIDENCE_MARKS if code != "no data"]
    if firm == "no data":
        firm = None  # nothing beside a code leaves the code
    asked = "SELECT weakest_evidence([$a, $b])"
    with open_marts(marts_file(record_settings, record.current().build_id)) as connection:
        for code in codes:
            (found,) = connection.execute(asked, {"a": firm, "b": code}).fetchone()
            assert found == weakest((firm, code))


NEVER_ROUNDED = {
    "funding_awards": "amounts of awards are taken from announcements, which print them exactly",
    "funding_cumulative": "sums of such amounts",
    "funding_matched": "such amounts",
    "grants": "such amounts",
    "review_record": "such amounts",
    "nationality_concentration": "only computed where everything is firm",
    "nationality_count": "counts what is published",
}
SUMMED = {
    "funding_summary": "sums of such amounts, beside which nobody prints another",
    "grants": "the same of its cumulative amount",
}
COUNTED = {"nationality_count": "nobody prints what is counted from the record"}


@each(QUESTIONS)
def test_rounding_and_dissent_stand_beside_each_evidence(path):
    """A figure may be provisional or contested, and rounded too: evidence alone loses the `≈`.

    So it is with what others print, of every figure of a row: `share_evidence` has
    `is_share_approximate` and `share_dissent_count`.
    """
    names = {column.name for column in read_relation(path).columns}
    for found in names:
        if found != "evidence" and not found.endswith("_evidence"):
            continue
        of = found.removesuffix("evidence")
        if of and path.stem in SUMMED:
            continue
        rounded = {f"is_{of}approximate", f"{of}is_approximate"}
        if not of:
            rounded |= {"approximate", "approximate_count"}
        assert rounded & names or (not of and path.stem in NEVER_ROUNDED), found
        assert f"{of}dissent_count" in names or path.stem in COUNTED, found
