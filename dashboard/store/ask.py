"""The one way to ask: a question's name and parameters in, an Answer out."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from copy import copy
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from dashboard.access import Action, Identity, may
from dashboard.errors import QuestionFault, RecordMissing, UsageError, WorkspaceDamaged
from dashboard.settings import Settings
from dashboard.store.answer import Answer, Build, Row
from dashboard.store.connection import open_marts
from dashboard.store.damage import Part, clear_faults, is_damage
from dashboard.store.pointer import marts_file, pointer_file, read_pointer
from dashboard.store.protection import protect
from dashboard.store.question import SINGLE_VISIT, Layer, Relation

# What opens the lake takes longer to load than most questions take.
if TYPE_CHECKING:
    from dashboard.store.history import Step, TableRows

_ANSWERS_KEPT = 4096
_OPEN_KEPT = 8
"""Builds that a process holds open."""

Kept = TypeVar("Kept")
_SOURCES = (
    "SELECT source_id, publisher, title, published_on, tier, url FROM dim_source ORDER BY source_id"
)


class _OpenMarts:
    """The marts of one build, which never change, and what nearly every answer looks up in them.

    That is read when it is first needed, and kept as long as the marts stay open.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._codes: dict[str, list[Any]] = {}
        self._sources: dict[str, Row] | None = None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A way to the marts for one thread."""
        return self._connection.cursor()

    def codes(self, domain: str) -> list[Any]:
        """What a `relation.column` holds, in order."""
        if domain not in self._codes:
            relation, column = domain.split(".")
            rows = self.cursor().execute(
                f"SELECT DISTINCT {column} FROM {relation} WHERE {column} IS NOT NULL ORDER BY 1"
            )
            self._codes[domain] = [row[0] for row in rows.fetchall()]
        return self._codes[domain]

    def sources(self, ids: set[str]) -> list[Row]:
        """The sources of these ids, by id; ids that are none are left out."""
        if self._sources is None:
            self._sources = {row["source_id"]: row for row in _rows(self.cursor(), _SOURCES, {})}
        return [self._sources[one] for one in sorted(ids & self._sources.keys())]


class Record:
    """What can be asked of one workspace. Follows the pointer: a new build is seen at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._pointer_seen: tuple[int, int] | None = None
        self._current: Build | None = None
        self._held: Build | None = None
        self._exact_regions: frozenset[str] = frozenset()
        self._former: dict[int, Build] = {}
        self._building = threading.Lock()
        """Former builds are made one after the other: each takes a processor and memory."""
        self._open: OrderedDict[str, _OpenMarts] = OrderedDict()
        self._questions: OrderedDict[str, Layer] = OrderedDict()
        self._answers: OrderedDict[tuple[object, ...], Answer] = OrderedDict()

    def current(self) -> Build:
        """The build in force, or the one at which the record is held.

        Raises:
            RecordMissing: nothing was built in this workspace yet.
        """
        if self._held is not None:
            return self._held
        pointer = pointer_file(self._settings)
        try:
            stat = pointer.stat()
        except FileNotFoundError:
            raise RecordMissing(
                "There is no record to ask yet",
                "No build was made in this workspace.",
                "Run: python -m dashboard build",
            ) from None
        seen = (stat.st_mtime_ns, stat.st_ino)
        with self._lock:
            if self._current is None or self._pointer_seen != seen:
                self._current = read_pointer(self._settings)
                self._pointer_seen = seen
            return self._current

    def at(self, build: Build) -> "Record":
        """The same record held at one build: what it was asked then, it answers the same."""
        held = copy(self)
        held._held = build
        return held

    def read_by(self, identity: Identity) -> "Record":
        """The same record as somebody may read it: the own counts of the own region as they are."""
        region = identity.region
        if region is not None and may(identity, Action.READ_EXACT, region):
            return self.exact_for(frozenset({region}))
        return self.protected()

    def exact_for(self, regions: frozenset[str]) -> "Record":
        """The same record with the own counts of these regions as they are."""
        read = copy(self)
        read._exact_regions = regions
        return read

    @property
    def exact_regions(self) -> frozenset[str]:
        """Regions whose own counts it gives as they are; none unless it is read by somebody."""
        return self._exact_regions

    def protected(self) -> "Record":
        """The same record as everybody may read it, for what is passed on."""
        return self.exact_for(frozenset())

    def passed_on(self, answer: Answer) -> Answer:
        """An answer as everybody may have it: asked anew if it holds exact counts."""
        if not answer.is_exact:
            return answer
        return self.protected().ask(answer.question.name, answer.parameters, answer.build)

    def as_of(self, snapshot: int) -> Build:
        """The build of a former snapshot, made now if it is not on disk.

        The build takes the place of the oldest that nothing needs, so that no number of snapshots
        looked at fills the disk.

        Raises:
            UsageError: there is no such snapshot.
        """
        if snapshot < 1:
            raise UsageError(
                "There is no such snapshot",
                f"Snapshot {snapshot} was asked for.",
                "Snapshots count from 1.",
            )
        from dashboard.store.build import Builder

        with self._building:
            build = self._former.get(snapshot)
            if build is None or not self.has_former(snapshot):
                build = Builder(self._settings).build_former(snapshot)
                self._former[snapshot] = build
            return build

    def has_former(self, snapshot: int) -> bool:
        """Whether the build of a former snapshot is at hand, so that `as_of` makes none."""
        build = self._former.get(snapshot)
        return build is not None and marts_file(self._settings, build.build_id).exists()

    def steps(self, build: Build | None = None) -> "tuple[Step, ...]":
        """Every delivery, and every one taken back, up to a build, oldest first."""
        from dashboard.store.history import steps_until

        return steps_until(self._settings, build or self.current())

    def rows_at(self, step: "Step", tables: Collection[str]) -> "TableRows":
        """The rows of tables as handed in that count after a step."""
        from dashboard.store.history import rows_at

        return rows_at(self._settings, step, tables)

    def questions(self, build: Build | None = None) -> Layer:
        """The questions that can be asked, by name."""
        build_id = (build or self.current()).build_id
        with self._lock:
            if build_id not in self._questions:
                self._questions[build_id] = Layer(self._settings.queries / "questions")
            return _newest(self._questions, build_id)

    def ask(
        self, name: str, parameters: dict[str, object] | None = None, build: Build | None = None
    ) -> Answer:
        """Ask one question.

        Args:
            name: a file name in `queries/questions`.
            parameters: by name; those left out take the defaults of the question's header.
            build: None asks the build in force.

        Raises:
            UsageError: no such question or parameter, or a code that the record does not have.
            RecordMissing: nothing was built yet.
        """
        used = build or self.current()
        questions = self.questions(used)
        if name not in questions:
            raise UsageError(
                "There is no such question",
                f"'{name}' was asked.",
                f"Questions: {', '.join(questions)}.",
            )
        question = questions[name]
        bound = question.bind(parameters or {})
        key = (used, name, tuple(bound.items()), self._exact_regions)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = self._answer(used, question, bound)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > _ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return answer

    def _answer(self, build: Build, question: Relation, bound: dict[str, object]) -> Answer:
        try:
            with clear_faults(Part.BUILD, marts_file(self._settings, build.build_id)):
                return self._asked(build, question, bound)
        except WorkspaceDamaged:
            with self._lock:
                self._open.pop(build.build_id, None)  # what is put in its place is opened anew
            raise

    def _asked(self, build: Build, question: Relation, bound: dict[str, object]) -> Answer:
        marts = self._marts(build)
        _check_codes(marts, question, bound)
        if SINGLE_VISIT in question.reads:
            from dashboard.store.single_visits import open_single_visits

            build_file = marts_file(self._settings, build.build_id)
            with open_single_visits(self._settings, build_file, build.snapshot) as connection:
                rows = _rows(connection, question.sql, bound)
        else:
            rows = _rows(marts.cursor(), question.sql, bound)
        withheld, exact = 0, ()
        if question.protection is not None:
            from dashboard.store.visit_secret import known_secret

            own = self._exact_regions
            secret = known_secret(self._settings) if question.protection.has_keys(rows) else None
            rows, withheld = protect(rows, question.protection, self._settings, secret, own)
            exact = tuple(sorted({row["region"] for row in rows} & own))
        named = {source for row in rows for source in row.get("source_ids") or ()}
        named |= {row["source_id"] for row in rows if row.get("source_id")}
        sources = marts.sources(named) if named else []
        return Answer(question, bound, build, tuple(rows), tuple(sources), withheld, exact)

    def _marts(self, build: Build) -> _OpenMarts:
        if not marts_file(self._settings, build.build_id).exists():
            self.as_of(build.snapshot)  # it gave way to others meanwhile
        with self._lock:
            if build.build_id not in self._open:
                marts = open_marts(marts_file(self._settings, build.build_id))
                self._open[build.build_id] = _OpenMarts(marts)
            # One that is dropped is closed by its last cursor, so that no reader loses it.
            return _newest(self._open, build.build_id)


@cache
def open_record(settings: Settings) -> Record:
    """The record of a workspace, shared by all who ask in this process."""
    return Record(settings)


def _check_codes(marts: _OpenMarts, question: Relation, bound: dict[str, object]) -> None:
    """Refuse a code that the record does not know, naming those it knows."""
    for parameter in question.parameters:
        value = bound[parameter.name]
        if parameter.domain is None or value is None:
            continue
        known = marts.codes(parameter.domain)
        if value not in known:
            raise UsageError(
                "There is no such code",
                f"'{question.name}' has no {parameter.name} '{value}'. {parameter.about}",
                f"Known: {', '.join(str(code) for code in known)}.",
            )


def _newest(kept: OrderedDict[str, Kept], key: str) -> Kept:
    """What is kept under a key, as the newest of the few that stay."""
    kept.move_to_end(key)
    while len(kept) > _OPEN_KEPT:
        kept.popitem(last=False)
    return kept[key]


def _rows(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object]
) -> list[dict[str, Any]]:
    try:
        cursor.execute(sql, parameters)
    except duckdb.Error as error:
        if is_damage(error):
            raise
        raise QuestionFault(
            "A question cannot be answered",
            str(error),
            "Nothing was changed. Tell the administrator which question it was.",
        ) from error
    names = [column[0] for column in cursor.description or ()]
    return [
        {name: _plain(value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _plain(value: object) -> object:
    """Decimals as int where whole, else float; lists as tuples."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return tuple(value)
    return value
