"""Whether the accepted record can be read to its end."""

from dashboard.settings import Settings
from dashboard.store.lake import Lake, lake_columns


def lake_tables(settings: Settings) -> set[str]:
    """The tables of which anybody ever handed rows in."""
    with Lake(settings).attached(read_only=True) as connection:
        return set(lake_columns(connection))


def read_lake(settings: Settings) -> dict[str, int]:
    """Read every value of every table of the lake.

    Returns:
        Table → how many rows it has, of all batches.

    Raises:
        WorkspaceDamaged: a file is missing, or cannot be read to its end.
    """
    counts = {}
    with Lake(settings).attached(read_only=True) as connection:
        for table in lake_columns(connection):
            row = connection.execute(
                f'SELECT count(*), bit_xor(hash(t)) FROM lake."{table}" AS t'
            ).fetchone()
            assert row is not None
            counts[table] = int(row[0])
    return counts
