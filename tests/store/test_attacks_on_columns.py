"""Attempts on `visits_by_column`: six partitions of the same visits, by whoever knows the rule."""

from hashlib import blake2b, sha256

import duckdb
import pytest

from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store import ask
from dashboard.store.protection import KEYS, change_of, protect
from dashboard.store.question import read_relation
from dashboard.store.visit_counts import key_sql

QUERIES = PROJECT_ROOT / "queries"
SECRET = bytes(range(32))
DEPARTMENTS = {"dermatology": 61, "dentistry": 37, "ent": 19, "urology": 11, "internal_medicine": 7}
AGES = {"20-29": 53, "30-39": 41, "40-49": 23, "50-59": 13, "60-69": 5}
FIRST = {"true": 88, "false": 47}
TOTAL = 135
UNSAID = ("institution_class", "sex")


def spelled(counts):
    return [value for value, count in counts.items() for _visit in range(count)]


@pytest.fixture(scope="module")
def answers():
    """Rows as everybody sees them and as they are, of one month and nationality; all paid alike."""
    question = read_relation(QUERIES / "questions" / "visits_by_column.sql")
    key = key_sql(f"'{SECRET.hex()}'", "'2026-05'", "'KR-27'", "'MN'")
    said = zip(spelled(DEPARTMENTS), spelled(AGES)[::-1], spelled(FIRST), strict=True)
    with duckdb.connect() as connection:
        connection.execute((QUERIES / "macros" / "cell_key.sql").read_text("utf-8"))
        connection.execute(
            "CREATE TABLE single_visit AS SELECT '2026-05-04' AS visited_on, 'KR-27' AS region, "
            "'MN' AS nationality, unnest($departments) AS department, unnest($ages) AS age_band, "
            "unnest($firsts) AS is_first_visit, cast(NULL AS VARCHAR) AS institution_class, "
            f"cast(NULL AS VARCHAR) AS sex, 100000 AS spending_krw, {key} AS visit_key",
            dict(
                zip(
                    ("departments", "ages", "firsts"),
                    map(list, zip(*said, strict=True)),
                    strict=True,
                )
            ),
        )
        rows = ask._rows(connection, question.sql, {"region": "KR-27", "year": 2026})
    seen, _withheld = protect(rows, question.protection, Settings(), SECRET)
    return seen, rows


def counted(rows):
    return {(row["breakdown"], row["code"]): row["visit_count"] for row in rows}


def test_the_public_rule_does_not_tell_the_change_even_to_whoever_guessed_the_key(answers):
    """Of one month and nationality, n visits have n times the key of one: 2^32 keys to try."""
    shown, exact = map(counted, answers)
    assert exact["department", "dermatology"] == 61
    one = int(sha256(f"{SECRET.hex()}2026-05\x1fKR-27\x1fMN".encode()).hexdigest()[:8], 16)

    def computed(count):
        said = f"count 3 {count * one % KEYS}".encode()
        return count + change_of(count, int.from_bytes(blake2b(said, digest_size=2).digest()), 3)

    counts = {count: shown.get(cell, 0) for cell, count in exact.items()}
    assert len(counts) == 13
    # Two changes that are drawn apart are the same for 16 in 100 (the sum of the squares of their
    # shares): of thirteen two match by chance.
    assert sum(computed(count) == told for count, told in counts.items()) <= 4


def test_a_column_that_the_file_does_not_say_shows_the_total_of_the_year_once(answers):
    """It is the cell of all visits, with the key of all: no further draw, of which to take a mean.

    So is the nationality, where there is one alone.
    """
    shown, exact = map(counted, answers)
    whole = [*((name, None) for name in UNSAID), ("nationality", "MN")]
    assert {exact[cell] for cell in whole} == {TOTAL}
    assert len({shown[cell] for cell in whole}) == 1


def test_no_amount_is_shown_by_column(answers):
    """Each column would tell the total of the year once more, moved by another number.

    Moved by up to L, a total lies within 2 L; what c columns leave of it is 4 L / (c + 1) on
    average: less than the 2 L that a withheld amount is promised.
    """
    shown, exact = answers
    assert [row for row in exact if row["spending_krw"] is None] == []
    assert {row["spending_krw"] for row in shown} == {None}
    assert {row["is_spending_withheld"] for row in shown if row["spending_count"]} == {True}
