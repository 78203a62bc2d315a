"""Statements of the SQL layers as a build runs them: one that breaks refuses it, or a check."""

from collections.abc import Iterable

import duckdb

from dashboard.errors import BuildRefused
from dashboard.store.question import Relation


def execute(
    connection: duckdb.DuckDBPyConnection, relation: Relation, sql: str
) -> duckdb.DuckDBPyConnection:
    """Run the statement of a file.

    Raises:
        BuildRefused: it broke.
    """
    try:
        return connection.execute(sql)
    except duckdb.Error as error:
        raise BuildRefused(
            "A statement of the build broke",
            f"{relation.name}: {error}",
            "The former build stays in force. Mend the SQL or the delivery.",
        ) from error


def check(connection: duckdb.DuckDBPyConnection, checks: Iterable[Relation]) -> None:
    """Run every check; each must return no row.

    Raises:
        BuildRefused: naming each failed check with its first offenders.
    """
    failures: list[str] = []
    for one in checks:
        found = execute(connection, one, one.sql)
        names = [column[0] for column in found.description or ()]
        offenders = found.fetchall()
        if offenders:
            shown = [
                ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
                for row in offenders[:3]
            ]
            failures.append(
                f"{one.name} ({one.answers}): {len(offenders)} offenders, first: "
                + " | ".join(shown)
            )
    if failures:
        raise BuildRefused(
            "The build did not pass its checks",
            "; ".join(failures),
            "The former build stays in force. Correct the rows named, then build again.",
        )
