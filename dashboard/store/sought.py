"""Which entries of the ledger are looked for."""

from collections.abc import Mapping
from dataclasses import dataclass

_ROUND = (
    "coalesce(json_extract(content, '$.round'), json_extract(content, '$.parameters.round'), '')"
)
"""Of a file that was taken along, and of an edition."""
_REPORT = "coalesce(json_extract(content, '$.report'), '')"


@dataclass(frozen=True)
class Sought:
    """Which entries of several streams are looked for."""

    streams: Mapping[str, frozenset[str] | None]
    """Stream → the kinds of it that may be found; None: all."""
    actor: str = ""
    """A part of the actor's name, or of the account that an entry names, in any case."""
    kinds: frozenset[str] | None = None
    """Of these kinds alone; None: of all."""
    since: str = ""
    """ISO 8601, UTC, as entries are dated: from this moment on."""
    until: str = ""
    """Likewise: before this moment."""
    without_sheets_of: frozenset[str] = frozenset()
    """Rounds of whose score sheets nothing is found: who saves them is done with scoring."""

    @property
    def condition(self) -> tuple[str, list[str]]:
        """As SQL over `entry`, with its parameters."""
        found, given = [], []
        for stream, kinds in self.streams.items():
            within, more = _among("kind", kinds)
            found.append(f"(stream = ? AND {within})")
            given += [stream, *more]
        within, more = _among("kind", self.kinds)
        parts, given = [f"({' OR '.join(found) or 'FALSE'})", within], given + more
        named = "instr(lower(coalesce(json_extract(content, '$.account'), '')), ?) > 0"
        for text, sql in (
            (self.actor.casefold(), f"(instr(lower(actor), ?) > 0 OR {named})"),
            (self.since, "written_at >= ?"),
            (self.until, "written_at < ?"),
        ):
            if text:
                parts.append(sql)
                given += [text] * sql.count("?")
        if self.without_sheets_of:
            within, more = _among(_ROUND, self.without_sheets_of)
            parts.append(f"NOT ({_REPORT} = 'sheets' AND {within})")
            given += more
        return " AND ".join(parts), given


def _among(column: str, values: frozenset[str] | None) -> tuple[str, list[str]]:
    """That a column has one of these values, as SQL, with its parameters."""
    if values is None:
        return "TRUE", []
    return f"{column} IN ({', '.join('?' * len(values))})", sorted(values)
