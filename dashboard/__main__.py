"""The command line: python -m dashboard COMMAND."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from cyclopts import App, CoercionError, CycloptsError, Parameter, Token, convert
from pydantic import ValidationError

from dashboard import __version__
from dashboard.access import desk
from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.commands.saying import plain_console, print_error
from dashboard.commands.without_pandas import leave_pandas_out
from dashboard.errors import ClusterReviewError, UsageError
from dashboard.i18n import LANGUAGES, label, use_language
from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.store.answer import Answer
from dashboard.store.ask import Record, open_record
from dashboard.store.damage import readable_fault
from dashboard.store.private_files import keep_private


def _as_typed(type_: Any, tokens: Sequence[Token]) -> Any:
    """What was typed as its type; a fraction is not rounded to a whole number, but refused."""
    if type_ is int and "." in tokens[0].value:
        raise CoercionError(token=tokens[0], target_type=int)
    return convert(type_, tokens)


app = App(
    name="python -m dashboard",
    help="Cluster Review: figures of medical-tourism clusters that name their sources.",
    version=__version__,
    result_action="return_value",
    default_parameter=Parameter(converter=_as_typed),
)

for name, function in {
    "accounts": "accounts:app",
    "approve": "intake:approve",
    "backup": "keeping:backup",
    "batches": "intake:batches",
    "bench": "bench:bench",
    "compact": "keeping:compact",
    "difference": "difference:difference",
    "doctor": "doctor:doctor",
    "edition": "export:edition",
    "export": "export:export",
    "intake": "intake:intake",
    "log": "access_log:log",
    "panel": "panel:app",
    "reload": "reloading:reload",
    "restore": "keeping:restore",
    "revert": "intake:revert",
    "serve": "serve:serve",
    "template": "intake:template",
}.items():
    app.command(f"dashboard.commands.{function}", name=name)  # loaded when it is called


@app.command
def build(*, again: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Take a changed public record in, and build marts that are out of date or damaged.

    Args:
        again: take the record in although it was taken back.
    """
    refusal = bring_up_to_date(mend=True, again=again)
    if refusal is not None:
        return 1
    current = open_record(settings()).current()
    print(f"build {current.build_id} of snapshot {current.snapshot}, made {current.built_at}")
    return 0


@app.command
def ask(
    question: str = "",
    /,
    *,
    list_questions: Annotated[bool, Parameter(name="--list", negative=())] = False,
    format: Literal["table", "json", "csv"] = "table",
    as_of: int | None = None,
    **parameters: str,
) -> int:
    """Ask one question and print its rows with where they came from.

    Whoever can run it is the desk: of the region in `desk_region` it prints exact counts, and says
    so in each row (`is_exact`) and beside them.

    Args:
        question: name of the question.
        list_questions: list the questions and their parameters instead.
        format: table for people, json with `rows` and `provenance`, or csv of the rows.
        as_of: number of a former snapshot to ask instead of the newest.
        parameters: the question's own parameters, as --name value.
    """
    record = open_record(settings()).read_by(desk(settings().desk_region))
    bring_up_to_date()
    if list_questions:
        _print_questions(record)
        return 0
    build = None if as_of is None else record.as_of(as_of)
    given: dict[str, object] = {name.replace("-", "_"): text for name, text in parameters.items()}
    answer = record.ask(question, given, build)
    if format == "json":
        print(answer.to_json())
    elif format == "csv":
        print(answer.to_csv(), end="")
    else:
        _print_table(answer)
    for region in answer.exact_regions:
        said = _("The rows of {region} are exact counts, for its officials only: pass none on.")
        print(said.format(region=label("region", region)), file=sys.stderr)
    return 0


def _print_questions(record: Record) -> None:
    for name, question in record.questions().items():
        print(name)
        print(f"    {question.answers}")
        for parameter in question.parameters:
            need = "needed" if parameter.required else f"default {parameter.default}"
            print(f"    --{parameter.name} {parameter.type} ({need}) {parameter.about}")


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


def _unusable_settings(error: ValidationError) -> UsageError:
    """Which settings are wrong, without their values, of which some are secret."""
    found = [
        f"{'.'.join(str(step) for step in one['loc']) or error.title}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False)
    ]
    return UsageError(
        "A setting cannot be used",
        "; ".join(found),
        _("docs/running.md lists the settings and what each takes."),
    )


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Exit status 0 done, 1 refused, 2 wrong usage."""
    spoken = os.environ.get("LANG", "")[:2]
    use_language(spoken if spoken in LANGUAGES else "en")
    try:
        # The doctor says what is wider than private, and mends nothing.
        if (arguments or sys.argv[1:])[:1] != ["doctor"]:
            keep_private(settings().workspace)
        return int(app(arguments, exit_on_error=False, print_error=True) or 0)
    except ValidationError as error:  # of the settings, which are read first
        print_error(_unusable_settings(error))
        return 2
    except UsageError as error:
        print_error(error)
        return 2
    except ClusterReviewError as error:
        print_error(error)
        return 1
    except CycloptsError:  # printed already
        return 2
    except Exception as error:
        fault = readable_fault(error, settings().workspace)
        if fault is None:
            raise
        print_error(fault)
        return 1


if __name__ == "__main__":
    leave_pandas_out(sys.argv[1:])
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # who reads it has read enough (`… | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
