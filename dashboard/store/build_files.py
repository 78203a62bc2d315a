"""Whether a build and the files of counted visits that it names can be read to their end."""

from pathlib import Path

import duckdb

from dashboard.store.connection import borrowed_connection, quoted, visit_file, visit_files
from dashboard.store.damage import is_damage


def files_of_build(target: Path) -> list[str]:
    """The names of the files of counted visits that a build on disk names."""
    with borrowed_connection() as connection:
        connection.execute(f"ATTACH {quoted(str(target))} AS looked_at (READ_ONLY)")
        names = visit_files(connection, "looked_at")
        connection.execute("DETACH DATABASE looked_at")
    return names


def damaged_files(target: Path) -> list[Path]:
    """A build that is on disk, and what is of its visits, if one cannot be read to its end.

    DuckDB sums up the blocks of its files.
    """
    if not target.exists():
        return []
    if not is_whole(target):
        return [target]
    files = [visit_file(target.parent, name) for name in files_of_build(target)]
    spoilt = [file for file in files if not is_whole(file)]
    return [target, *(file for file in spoilt if file.exists())] if spoilt else []


def is_whole(target: Path) -> bool:
    """Whether a file of DuckDB can be read to its end."""
    try:
        with borrowed_connection() as connection:
            connection.execute(f"ATTACH {quoted(str(target))} AS looked_at (READ_ONLY)")
            found = connection.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() "
                "WHERE database_name = 'looked_at'"
            ).fetchall()
            for schema, name in found:
                connection.execute(
                    f'SELECT bit_xor(hash(t)) FROM looked_at."{schema}"."{name}" AS t'
                ).fetchone()
            connection.execute("DETACH DATABASE looked_at")
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        return False
    return True
