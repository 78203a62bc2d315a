"""SQL files and their headers: what a relation answers, reads, takes and returns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import QuestionFault, UsageError
from dashboard.store.protection import Protection, read_protection

TOTAL = "total"
"""How a header names the breakdown by no column."""
SINGLE_VISIT = "single_visit"
"""What a question reads that is answered from single visits."""
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_LINE = re.compile(r"^--\s?(.*)$")
_TAG = re.compile(r"^(grain|reads|param|returns|protects|breakdowns):\s*(.*)$")
_PARAM = re.compile(
    r"^\$(?P<name>[a-z][a-z0-9_]*)\s+(?P<type>[A-Z]+)"
    r"(?:\s+in\s+(?P<domain>[a-z_]+\.[a-z_]+))?"
    r"(?:\s*=\s*(?P<default>null|'[^']*'|-?\d+))?"
    r"\.\s*(?P<about>.*)$"
)
_COLUMN = re.compile(
    r"^(?P<name>[a-z][a-z0-9_]*)\s+(?P<type>[A-Z]+(?:\[\])?)(?:\s+\((?P<unit>.+)\))?$"
)


@dataclass(frozen=True)
class Parameter:
    """One `$parameter` of a question."""

    name: str
    type: str
    """VARCHAR, INTEGER or BOOLEAN."""
    domain: str | None
    """`relation.column` whose values are the allowed ones; None allows any."""
    required: bool
    default: str | int | None
    about: str


@dataclass(frozen=True)
class Column:
    """One column that a relation returns."""

    name: str
    type: str
    unit: str | None


@dataclass(frozen=True)
class Relation:
    """One SQL file with its header."""

    name: str
    sql: str
    answers: str
    """What it answers (a question) or holds (a table), in one line."""
    grain: str
    reads: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    protection: Protection | None = None
    """Which of its counts are of a city's own patients, and are shown changed a little."""
    breakdowns: tuple[str, ...] = ()
    """By which columns the counted visits are counted that it reads; empty: by none."""

    def bind(self, given: dict[str, object]) -> dict[str, object]:
        """The values to bind, defaults filled in and text cast to the parameter's type.

        Raises:
            UsageError: a name that the question does not have, a missing one, a wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise UsageError(
                "There is no such parameter",
                f"The question '{self.name}' does not take {', '.join(unknown)}.",
                f"It takes: {', '.join(known) or 'nothing'}.",
            )
        missing = [
            name
            for name, parameter in known.items()
            if parameter.required and given.get(name) in (None, "")
        ]
        if missing:
            raise UsageError(
                "A parameter is missing",
                f"The question '{self.name}' needs {', '.join(missing)}.",
                f"It takes: {', '.join(known)}.",
            )
        return {
            name: _cast(parameter, given.get(name, parameter.default))
            for name, parameter in known.items()
        }


def _cast(parameter: Parameter, value: object) -> object:
    if value is None or value == "":
        return parameter.default
    text = str(value)
    if parameter.type == "INTEGER":
        if not _WHOLE_NUMBER.fullmatch(text):
            raise _wrong_form(parameter, text, "a whole number")
        return int(text)
    if parameter.type == "BOOLEAN":
        if text.lower() not in ("true", "false"):
            raise _wrong_form(parameter, text, "true or false")
        return text.lower() == "true"
    return text


def _wrong_form(parameter: Parameter, text: str, wanted: str) -> UsageError:
    return UsageError(
        "A parameter has the wrong form",
        f"'{parameter.name}' was given as '{text}'.",
        f"Give {wanted}.",
    )


def read_relation(path: Path) -> Relation:
    """Read one SQL file.

    Raises:
        QuestionFault: the header lacks a part or has a line that cannot be read.
    """
    return _relation(path, path.read_text(encoding="utf-8"))


def _relation(path: Path, text: str) -> Relation:
    header: list[str] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if not match:
            break
        header.append(match[1].strip())
    answers: list[str] = []
    grain, reads = "", ""
    parameters: list[Parameter] = []
    columns: list[Column] = []
    protection: Protection | None = None
    breakdowns: tuple[str, ...] = ()
    for line in header:
        tag = _TAG.match(line)
        if not tag:
            answers.append(line)
        elif tag[1] == "grain":
            grain = tag[2]
        elif tag[1] == "reads":
            reads = tag[2]
        elif tag[1] == "param":
            parameters.append(_parameter(path, tag[2]))
        elif tag[1] == "returns":
            columns.append(_column(path, tag[2]))
        elif tag[1] == "protects":
            protection = read_protection(tag[2])
        elif tag[1] == "breakdowns":
            breakdowns = tuple("" if name == TOTAL else name for name in tag[2].split(", "))
    if not answers or not grain or not reads:
        raise _fault(path, "the header needs a first sentence, 'grain:' and 'reads:'")
    return Relation(
        path.stem,
        text,
        " ".join(answers),
        grain,
        tuple(name.strip() for name in reads.split(",")),
        tuple(parameters),
        tuple(columns),
        protection,
        breakdowns,
    )


def _parameter(path: Path, text: str) -> Parameter:
    match = _PARAM.match(text)
    if not match:
        raise _fault(path, f"cannot read the parameter '{text}'")
    default: str | int | None = None
    written = match["default"]
    if written and written != "null":
        default = written[1:-1] if written.startswith("'") else int(written)
    return Parameter(
        match["name"], match["type"], match["domain"], written is None, default, match["about"]
    )


def _column(path: Path, text: str) -> Column:
    match = _COLUMN.match(text)
    if not match:
        raise _fault(path, f"cannot read the returned column '{text}'")
    return Column(match["name"], match["type"], match["unit"])


def _fault(path: Path, message: str) -> QuestionFault:
    return QuestionFault(
        "A SQL file breaks the rules of its layer",
        f"{path.parent.name}/{path.name}: {message}.",
        "queries/README.md shows the form of a header.",
    )


class Layer(Mapping[str, Relation]):
    """All relations of one layer, by name, as the files stood when this was made.

    Their headers are read when they are asked for: a command asks for one of ninety.

    Raises:
        QuestionFault: there is no SQL file in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._texts = {
            path.stem: (path, path.read_text(encoding="utf-8"))
            for path in sorted(folder.glob("*.sql"))
        }
        self._read: dict[str, Relation] = {}
        if not self._texts:
            raise QuestionFault(
                "A folder holds no SQL file",
                f"{folder} is none of this product's layers.",
                "Name the folder that holds them all in CLUSTER_REVIEW_QUERIES.",
            )

    def __getitem__(self, name: str) -> Relation:
        """A relation.

        Raises:
            KeyError: there is none of this name.
            QuestionFault: as `read_relation`.
        """
        if name not in self._read:
            self._read[name] = _relation(*self._texts[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def in_order(relations: Iterable[Relation]) -> list[Relation]:
    """Relations so that each comes after those that its header says it reads.

    Raises:
        QuestionFault: they read each other in a circle.
    """
    waiting = {relation.name: relation for relation in relations}
    ordered: list[Relation] = []
    while waiting:
        ready = sorted(
            name for name, relation in waiting.items() if not set(relation.reads) & set(waiting)
        )
        if not ready:
            raise QuestionFault(
                "Marts read each other in a circle", ", ".join(sorted(waiting)), "Break the circle."
            )
        ordered.extend(waiting.pop(name) for name in ready)
    return ordered
