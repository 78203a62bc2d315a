"""Editions: frozen views with a short id, so that what was printed can be opened again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.access import Action, Identity, require
from dashboard.errors import RecordMissing, UsageError
from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.build import EDITIONS, Builder
from dashboard.store.ledger import Entry, Ledger
from dashboard.store.pointer import marts_file

_KIND = "frozen"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u, which are read for something else."""
_LETTERS = 8
_READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0"})


@dataclass(frozen=True)
class Edition:
    """A frozen view: what is shown, of which build, in which language, for whom."""

    edition_id: str
    """Eight letters of Crockford's base32 over everything but the time."""
    report: str
    """Kind of the report: kpi, review, ranking, deck or panel."""
    parameters: Mapping[str, Any]
    language: str
    made_by: str
    made_at: str
    """When it was frozen for the first time: ISO 8601, UTC."""
    build: Build
    questions: str
    """Hash of the questions and the catalogue, which are no part of the build."""


class Editions:
    """The editions of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ledger = Ledger(settings)

    def freeze(
        self,
        report: str,
        parameters: Mapping[str, Any],
        language: str,
        made_by: str,
        build: Build,
        *,
        identity: Identity,
    ) -> Edition:
        """Freeze a view. The same view by the same person is the same edition.

        Args:
            report: kind of the report.
            parameters: its parameters, ready for JSON; those that are None are left out.
            language: `ko` or `en`.
            made_by: who freezes it, as it will be printed.
            build: what it shows.
            identity: who asks for it.

        Raises:
            AccessDenied: whoever is not signed in freezes nothing.
        """
        require(identity, Action.PUBLISH_EDITION)
        content = {
            "report": report,
            "parameters": {
                name: value for name, value in sorted(parameters.items()) if value is not None
            },
            "language": language,
            "made_by": made_by,
            "build_id": build.build_id,
            "questions": questions_digest(self._settings.queries),
        }
        edition_id = short_id(content)
        with self._ledger.writing(EDITIONS) as writer:
            for entry in writer.entries:
                if entry.content["edition_id"] == edition_id:
                    return _edition(entry)
            kept = content | {
                "edition_id": edition_id,
                "snapshot": build.snapshot,
                "built_at": build.built_at,
            }
            # What is printed is typed; the log says who it was.
            return _edition(writer.append(_KIND, identity.account or identity.role, kept))

    def open(self, edition_id: str) -> Edition:
        """An edition whose build can be asked.

        Args:
            edition_id: as printed; capitals, and letters that look alike, are understood.

        Raises:
            UsageError: no edition has this id.
            RecordMissing: its build is gone and cannot be made again.
        """
        wanted = edition_id.strip().lower().translate(_READ_AS)
        for edition in self.all():
            if edition.edition_id == wanted:
                self._secure(edition)
                return edition
        raise UsageError(
            "There is no such edition",
            f"'{edition_id}' was asked for.",
            "The id stands at the foot of every page. List them: python -m dashboard edition list",
        )

    def all(self) -> list[Edition]:
        """Every edition, the oldest first."""
        return [_edition(entry) for entry in self._ledger.entries(EDITIONS)]

    def _secure(self, edition: Edition) -> None:
        """Make the build again if its file is gone and record and SQL still give the same one."""
        if marts_file(self._settings, edition.build.build_id).exists():
            return
        made = Builder(self._settings).build(edition.build.snapshot)
        if made.build_id != edition.build.build_id:
            raise RecordMissing(
                "The build of this edition is gone",
                f"Edition {edition.edition_id} shows build {edition.build.build_id}; snapshot "
                f"{edition.build.snapshot} now gives {made.build_id}, since the SQL has changed.",
                "Open it with the version of the program that froze it, or freeze a new edition.",
            )


def questions_digest(queries: Path) -> str:
    """Hash of the questions and the catalogue as they are now."""
    digest = hashlib.sha256()
    for path in [*sorted((queries / "questions").glob("*.sql")), queries / "metrics.yml"]:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def short_id(content: Mapping[str, Any]) -> str:
    """The first 40 bits of the SHA-256 of the canonical content, in Crockford's base32.

    The content is canonical JSON: sorted names, no spaces, UTF-8.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(_LETTERS - 1, -1, -1))


def _edition(entry: Entry) -> Edition:
    content = entry.content
    return Edition(
        content["edition_id"],
        content["report"],
        content["parameters"],
        content["language"],
        content["made_by"],
        entry.written_at,
        Build(content["build_id"], content["snapshot"], content["built_at"]),
        content["questions"],
    )
