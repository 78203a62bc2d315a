"""Which entries of the ledger are looked for."""

from collections.abc import Mapping
from dataclasses import dataclass


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
        return " AND ".join(parts), given


def _among(column: str, values: frozenset[str] | None) -> tuple[str, list[str]]:
    """That a column has one of these values, as SQL, with its parameters."""
    if values is None:
        return "TRUE", []
    return f"{column} IN ({', '.join('?' * len(values))})", sorted(values)
