"""The object that carries rows together with where they came from."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dashboard.errors import AccessDenied
from dashboard.store.csv_text import csv_text
from dashboard.store.question import Relation

Row: TypeAlias = dict[str, Any]
"""Column → value."""
Rows: TypeAlias = Sequence[Row]


@dataclass(frozen=True)
class Build:
    """One build of the marts: what the pages read."""

    build_id: str
    """Hash of the accepted batches and the SQL text: the same record gives the same id."""
    snapshot: int
    """Snapshot of the lake from which it was made."""
    built_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True)
class Answer:
    """Rows, the question and its parameters, the build, and the sources behind the rows.

    Screen, CSV, JSON and every export print from this object, so they cannot differ.
    """

    question: Relation
    parameters: dict[str, object]
    build: Build
    rows: tuple[Row, ...]
    """Column → value. Numbers are int or float, lists are tuples of text, no value is None."""
    sources: tuple[Row, ...]
    """The sources named by the rows: source_id, publisher, title, published_on, tier, url."""
    withheld: int = 0
    """Counts and amounts of own patients that are not shown; published figures always are."""
    exact_regions: tuple[str, ...] = ()
    """Regions whose own counts stand here as they are, for their own officials alone."""

    @property
    def is_exact(self) -> bool:
        """Whether any row is for the officials of its region alone."""
        return bool(self.exact_regions)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the question's header."""
        return tuple(column.name for column in self.question.columns)

    @property
    def first(self) -> dict[str, Any]:
        """The first row; for questions whose grain is one row.

        Raises:
            LookupError: there is none.
        """
        if not self.rows:
            raise LookupError(f"{self.question.name} returned no row")
        return self.rows[0]

    def provenance(self) -> dict[str, Any]:
        """Question, parameters, build, snapshot and sources, ready for JSON."""
        return {
            "question": self.question.name,
            "answers": self.question.answers,
            "parameters": self.parameters,
            "build_id": self.build.build_id,
            "snapshot": self.build.snapshot,
            "built_at": self.build.built_at,
            "sources": list(self.sources),
            "withheld": self.withheld,
            "exact_regions": list(self.exact_regions),
        }

    def to_json(self) -> str:
        """An object with `rows` and `provenance`."""
        content = {"rows": list(self.rows), "provenance": self.provenance()}
        return json.dumps(content, ensure_ascii=False, indent=2)

    def to_csv(self) -> str:
        """The rows as CSV, lists joined by `;`. Text that a spreadsheet would compute is quoted."""
        rows = ([row[column] for column in self.columns] for row in self.rows)
        return csv_text([self.columns, *rows])


def only_protected(answers: Iterable[Answer | None]) -> None:
    """Let no file be made of exact counts: whoever is given the file is not asked who they are.

    Raises:
        AccessDenied: an answer holds the exact counts of a region.
    """
    for answer in answers:
        if answer is not None and answer.is_exact:
            raise AccessDenied(
                "Exact counts are not passed on",
                f"{answer.question.name}: {', '.join(answer.exact_regions)}",
                "Make the file from what everybody may see.",
            )
