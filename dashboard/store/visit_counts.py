"""Visits counted by the columns that are asked for, in memory that does not grow with them.

All states of the aggregates have a fixed size, so that DuckDB can put them on the disk: the second
largest payment of a cell is therefore found in a second pass, and not in a list of the largest.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from dashboard.store.connection import quoted
from dashboard.store.protection import KEYS

VISITS = "patient_visits"
"""Table of the lake with single visits."""
VISIT_COUNTS = "visit_counts"
"""Table of the lake with their counts."""
DIMENSIONS = (
    "institution",
    "nationality",
    "department",
    "institution_class",
    "sex",
    "age_band",
    "is_first_visit",
)
"""Columns of visits by which they can be counted, beside region and month."""
COUNT_COLUMNS = (
    "month",
    "region",
    "breakdown",
    *DIMENSIONS,
    "visit_count",
    "spending_krw",
    "spending_count",
    "visit_key",
    "spending_key",
    "spending_largest",
)
"""Columns of `visit_counts`; `breakdown` names the columns by which a row is counted, with `;`, and
`spending_largest` the two largest payments, the same way. The keys add up those of the visits and
of those with a payment."""


def key_sql(secret: str, month: str, region: str, nationality: str) -> str:
    """The key of a visit as an SQL expression: below 2^32.

    It is the head of a SHA-256 over the secret of the workspace and region, month and nationality:
    nobody outside can compute it, and handed in again, in another file or with another department,
    the visit has the same.

    Args:
        secret: expression with the secret.
        month: expression with the month, such as 2026-05.
        region: expression with the code of the region.
        nationality: expression with the code of the country, or NULL.
    """
    content = f"{month}, {region}, coalesce({nationality}, '')"
    return f"cast('0x' || left(sha256({secret} || concat_ws(chr(31), {content})), 8) AS UBIGINT)"


def count_visits(
    connection: duckdb.DuckDBPyConnection,
    visits: str,
    breakdowns: Iterable[str],
    secret: bytes | None,
    into: Path,
) -> None:
    """Count coded visits by month and region, and within these by the columns of each breakdown.

    Args:
        connection: with a bound of its memory and a folder to spill to.
        visits: a relation with the columns of coded visits.
        breakdowns: columns with `;` between, each; empty: all visits of the month.
        secret: of the workspace; None leaves the keys empty.
        into: Parquet file to write, in which columns are `COUNT_COLUMNS`, all of them text, and
            `line` (0); a column that a row is not counted by is empty, and `breakdown` tells it
            from an unknown value.
    """
    empty = ", ".join(f"cast(NULL AS VARCHAR) AS {name}" for name in DIMENSIONS)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW counted_visit AS FROM {visits}")
    key = (
        key_sql("$secret", "month", "region", "nationality") if secret else "cast(NULL AS UBIGINT)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE key_of_visit AS SELECT *, {key} AS key FROM ("
        "SELECT DISTINCT left(visited_on, 7) AS month, region, "
        "coalesce(nationality, '') AS nationality FROM counted_visit)",
        {"secret": secret.hex()} if secret else {},
    )
    names = []
    for place, breakdown in enumerate(breakdowns):
        columns = [name for name in breakdown.split(";") if name]
        _count(connection, columns, f"cell_{place}")
        selected = "".join(f", nullif({name}, '') AS {name}" for name in columns)
        names.append(
            f"SELECT month, region, {quoted(breakdown)} AS breakdown{selected}, "
            "* EXCLUDE (month, region" + "".join(f", {name}" for name in columns) + ") "
            f"FROM cell_{place}"
        )
    rows = " UNION ALL BY NAME ".join([f"(SELECT {empty} LIMIT 0)", *names])
    connection.execute(
        f"COPY (SELECT {', '.join(COUNT_COLUMNS)}, cast(0 AS BIGINT) AS line FROM ({rows}) "
        "ORDER BY region, breakdown, month) "
        f"TO {quoted(str(into))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 30720)"
    )


def _count(connection: duckdb.DuckDBPyConnection, columns: list[str], into: str) -> None:
    """Make a table of the cells of one breakdown, all measures as text."""
    kept = "".join(f", coalesce({name}, '') AS {name}" for name in columns)
    also = "" if "nationality" in columns else ", coalesce(nationality, '') AS nationality"
    visit = (
        f"(SELECT left(visited_on, 7) AS month, region{kept}{also}, "
        "cast(spending_krw AS BIGINT) AS paid FROM counted_visit)"
    )
    cell = ", ".join(("month", "region", *columns))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE first_pass AS SELECT {cell}, count(*) AS visits, "
        "sum(paid) AS spending, count(paid) AS payers, sum(key) AS keys, "
        "sum(key) FILTER (paid IS NOT NULL) AS paying_keys, max(paid) AS most "
        f"FROM {visit} JOIN key_of_visit USING (month, region, nationality) GROUP BY {cell}"
    )
    same = " AND ".join(f"v.{name} = f.{name}" for name in ("month", "region", *columns))
    named = ", ".join(f"f.{name}" for name in ("month", "region", *columns))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE second_pass AS SELECT {named}, "
        "count(*) FILTER (paid = most) AS ties, max(paid) FILTER (paid < most) AS next "
        f"FROM {visit} AS v JOIN first_pass AS f ON {same} WHERE paid IS NOT NULL GROUP BY ALL"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT {cell}, "
        "cast(visits AS VARCHAR) AS visit_count, cast(spending AS VARCHAR) AS spending_krw, "
        f"cast(payers AS VARCHAR) AS spending_count, cast(keys % {KEYS} AS VARCHAR) AS visit_key, "
        f"cast(if(keys IS NULL, NULL, coalesce(paying_keys, 0) % {KEYS}) AS VARCHAR) "
        "AS spending_key, "
        "nullif(concat_ws(';', most, if(ties > 1, most, next)), '') AS spending_largest "
        f"FROM first_pass LEFT JOIN second_pass USING ({cell})"
    )
    connection.execute("DROP TABLE first_pass")
    connection.execute("DROP TABLE second_pass")
