"""All commands but `ask`, as cyclopts reads them."""

from collections.abc import Sequence
from typing import Annotated, Any

from cyclopts import App, CoercionError, CycloptsError, Parameter, Token, convert

from dashboard import __version__
from dashboard.commands.ask import ABOUT, ask
from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.settings import settings
from dashboard.store.ask import open_record


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


@app.command(name="ask", help=ABOUT, help_flags=())
def _ask(*arguments: Annotated[str, Parameter(allow_leading_hyphen=True, show=False)]) -> int:
    return ask(arguments)


def run(arguments: Sequence[str]) -> int:
    """Run a command, and say what it cannot be asked. Exit status as of the command, 2 unread."""
    if set(arguments) <= {"-h", "--help"}:
        for name in app:  # loaded, for what each does
            app[name]
    try:
        return int(app(arguments, exit_on_error=False, print_error=True) or 0)
    except CycloptsError:  # printed already
        return 2
