"""The command `ask`. Other programs call it again and again: it loads only what an answer needs."""

import json
import sys
from argparse import (
    SUPPRESS,
    Action,
    ArgumentError,
    ArgumentParser,
    HelpFormatter,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from dashboard.access import desk
from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.commands.saying import plain_console
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.settings import settings
from dashboard.store.answer import Answer
from dashboard.store.ask import Record, open_record
from dashboard.store.question import Parameter, Relation

ABOUT = """Ask one question and print its rows with where they came from.

Whoever can run it is the desk: of the region in desk_region it prints exact counts, and says so
in each row (is_exact) and beside them. --help after the name of a question lists its parameters.
"""

_OPTIONS: dict[str, dict[str, Any]] = {
    "format": {
        "choices": ("table", "json", "csv"),
        "help": "table for people, json with `rows` and `provenance`, or csv of the rows",
    },
    "as-of": {
        "type": int,
        "metavar": "SNAPSHOT",
        "help": "number of a former snapshot to ask instead of the newest",
    },
}


def ask(arguments: Sequence[str]) -> int:
    """Carry out the command.

    Args:
        arguments: name of the question, then its own parameters and the options of the command.

    Raises:
        UsageError: an option or a value that there is not.
    """
    about = _Parser(None)
    asked = vars(about.parse_known_args(arguments)[0])
    if "question" not in asked:
        about.parse_args(arguments)  # which refuses what nothing else would ask for
    if asked.get("help") and "question" not in asked:
        about.print_help()
        return 0
    record = open_record(settings()).read_by(desk(settings().desk_region))
    bring_up_to_date()
    if asked.get("list"):
        _print_questions(record)
        return 0
    build = record.as_of(asked["as_of"]) if "as_of" in asked else None
    name = asked.get("question", "")
    question = record.questions(build).get(name)
    given: dict[str, object] = {}
    if question is not None:
        parser = _Parser(question)
        if asked.get("help"):
            parser.print_help()
            return 0
        given = parser.parameters(arguments)
    answer = record.ask(name, given, build)
    if asked.get("format") == "json":
        print(answer.to_json())
    elif asked.get("format") == "csv":
        print(answer.to_csv(), end="")
    else:
        _print_table(answer)
    for region in answer.exact_regions:
        line = _("The rows of {region} are exact counts, for its officials only: pass none on.")
        print(line.format(region=label("region", region)), file=sys.stderr)
    return 0


class _Once(Action):
    """Of two values for one option, neither is taken."""

    def __call__(
        self, _parser: ArgumentParser, given: Namespace, value: Any, _option: str | None = None
    ) -> None:
        if hasattr(given, self.dest):
            raise ArgumentError(self, "given twice")
        setattr(given, self.dest, value)


class _Parser(ArgumentParser):
    """Options of the command and, once a question is named, its parameters among them."""

    def __init__(self, question: Relation | None) -> None:
        super().__init__(
            prog="python -m dashboard ask",
            usage="%(prog)s QUESTION [--PARAMETER VALUE ...] [options]",
            description=ABOUT if question is None else question.answers,
            formatter_class=RawDescriptionHelpFormatter if question is None else HelpFormatter,
            argument_default=SUPPRESS,
            add_help=False,
            allow_abbrev=False,
        )
        add = self.add_argument
        add(
            "question",
            nargs="?",
            metavar="QUESTION",
            action=_Once,
            help="its name, before its parameters",
        )
        for one in question.parameters if question is not None else ():
            add(
                *_written(one.name),
                dest=f"${one.name}",
                action=_Once,
                metavar=one.type,
                help=_need(one).replace("%", "%%"),
            )
        for name, choice in _OPTIONS.items():
            add(*_written(name), action=_Once, **choice)
        add("--list", action="store_true", help="list the questions and their parameters instead")
        add("-h", "--help", action="store_true", help="print this instead")

    def parameters(self, arguments: Sequence[str]) -> dict[str, object]:
        """What is given for the question's parameters, by name; `Relation.bind` checks it.

        Raises:
            UsageError: something that belongs to no parameter and no option.
        """
        asked, rest = self.parse_known_args(arguments)
        unknown = {word[2:].partition("=")[0]: "" for word in rest if word.startswith("--")}
        if rest and not unknown:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        own = {name[1:]: text for name, text in vars(asked).items() if name.startswith("$")}
        return own | unknown

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print, to end the process."""
        raise UsageError(
            "The command cannot be read",
            message,
            f"{self.prog} QUESTION --help says what there is. "
            "A value that begins with - is written with its name: --NAME=-VALUE",
        )


def _written(name: str) -> Iterable[str]:
    """Both ways in which an option of several words may be written."""
    return dict.fromkeys((f"--{name.replace('_', '-')}", f"--{name.replace('-', '_')}"))


def _print_questions(record: Record) -> None:
    for name, question in record.questions().items():
        print(name)
        print(f"    {question.answers}")
        for one in question.parameters:
            print(f"    --{one.name} {one.type} {_need(one)}")


def _need(parameter: Parameter) -> str:
    need = "needed" if parameter.required else f"default {parameter.default}"
    return f"({need}) {parameter.about}"


def _print_table(answer: Answer) -> None:
    """A table for people: a single row stands upright, so that no value is cut."""
    from rich.table import Table  # who asks for JSON waits for none

    console = plain_console()
    shown = [name for name in answer.columns if name != "source_ids"]
    title = answer.question.answers
    if len(answer.rows) == 1:
        table = Table("column", "value", title=title, title_justify="left")
        for name in shown:
            table.add_row(name, _cell(answer.rows[0][name]))
    else:
        table = Table(*shown, title=title, title_justify="left")
        for row in answer.rows:
            table.add_row(*(_cell(row[name]) for name in shown))
    console.print(table)
    console.print(
        f"build {answer.build.build_id} · snapshot {answer.build.snapshot} · "
        f"parameters {json.dumps(answer.parameters, ensure_ascii=False)}"
    )
    for source in answer.sources:
        parts = (source["source_id"], source["publisher"], source["published_on"], source["tier"])
        console.print("  source " + " · ".join(part for part in parts if part))


def _cell(value: object) -> str:
    return "" if value is None else str(value)
