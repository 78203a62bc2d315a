"""Commands of the review room: what a round is, its result and its log, and whether both hold."""

import json
import sys
from typing import Literal

from cyclopts import App
from rich.table import Table

from dashboard.commands.saying import plain_console
from dashboard.content.panel_rule import score_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.judging import open_judging
from dashboard.judging.result_view import PanelResult
from dashboard.judging.sign_in import CHAIR, role_of
from dashboard.judging.texts import head_line, practice_warning, verification_sentences
from dashboard.judging.verification import verify_round
from dashboard.settings import settings

app = App(name="panel", help="Rounds of judges: list, result, log, and whether the log holds.")


@app.command(name="list")
def list_rounds() -> int:
    """List the rounds with their state and the seal of their rules. No score is shown."""
    table = Table("round", "state", "title", "seal")
    for view in open_judging(settings()).rounds.all():
        note = f" ({practice_warning()})" if view.is_practice else ""
        title = view.rules.title + note
        table.add_row(view.round_id, label("round_phase", view.phase), title, view.seal or "")
    plain_console().print(table)
    return 0


@app.command
def verify(round_id: str, /, *, head: str = "") -> int:
    """Follow the logs of a round and of its sign-ins, and compute a signed result anew from them.

    Args:
        round_id: the round.
        head: digest of the last entry as it is printed under a result or a sheet: the log must
            still have that entry.
    """
    found = verify_round(open_judging(settings()).streams, round_id, head)
    print("\n".join((round_id, *verification_sentences(found))))
    return 0


@app.command
def log(round_id: str, /, *, code: str) -> int:
    """Print a round's log as JSON lines, as far as the holder of the code may see it.

    Args:
        round_id: the round.
        code: personal sign-in code of the chair or a judge.
    """
    judging = open_judging(settings())
    session = judging.sessions.sign_in(round_id, code, client="command line")
    try:
        sys.stdout.write(judging.results.export_log(session.identity).decode())
    finally:
        judging.sessions.sign_out(session.token)
    return 0


@app.command
def result(
    round_id: str,
    /,
    *,
    code: str,
    format: Literal["table", "json"] = "table",
) -> int:
    """Print the result of a closed round, as far as the holder of the code may see it.

    Args:
        round_id: the round.
        code: personal sign-in code of the chair or a judge.
        format: table for people, or json with scores, ranks and digests.
    """
    judging = open_judging(settings())
    session = judging.sessions.sign_in(round_id, code, client="command line")
    try:
        found = judging.results.result(session.identity)
    finally:
        judging.sessions.sign_out(session.token)
    if format == "json":
        print(json.dumps(_plain(found), ensure_ascii=False))
    else:
        _print(found)
    return 0


@app.command
def recover_chair(round_id: str, /, *, reason: str, name: str) -> int:
    """Issue the chair's code again on the server, in any phase; the log of the round has it.

    The former code and every session opened with it end.

    Args:
        round_id: the round.
        reason: why, for the log.
        name: who does this, for the log.
    """
    return _recover(round_id, CHAIR, reason, name)


@app.command
def recover_deputy(round_id: str, deputy: Literal["d1", "d2"], /, *, reason: str, name: str) -> int:
    """Issue a deputy's code again on the server, in any phase; the log of the round has it.

    Args:
        round_id: the round.
        deputy: the first or the second one.
        reason: why, for the log.
        name: who does this, for the log.
    """
    return _recover(round_id, deputy, reason, name)


def _recover(round_id: str, holder: str, reason: str, name: str) -> int:
    issued = open_judging(settings()).recovery.on_server(round_id, holder, reason, name)
    role = label("access_role", role_of(holder))
    print(
        _("New code of {name} ({role}): {code}").format(
            name=issued.name, role=role, code=issued.code
        )
    )
    print(_("The former code and everybody signed in with it have ended."))
    return 0


def _print(found: PanelResult) -> None:
    console = plain_console()
    if found.is_practice:
        console.print(practice_warning())
    table = Table("rank", "applicant", "score", "judges", "passes", title=found.round.rules.title)
    rule = found.round.rules.rule
    for row in found.outcome.applicants:
        table.add_row(
            str(row.rank or ""),
            label("region", row.applicant),
            "" if row.final is None else score_text(row.final, rule),
            str(row.effective),
            "" if row.passes is None else label("yes_no", str(row.passes).lower()),
        )
    console.print(table)
    console.print(
        f"{label('round_phase', found.round.phase)} · rules {found.round.seal} · "
        f"result {found.digest}"
    )
    console.print(head_line(found.log))


def _plain(found: PanelResult) -> dict[str, object]:
    return {
        "round_id": found.round.round_id,
        "is_practice": found.is_practice,
        "is_final": found.is_final,
        "rules": found.round.seal,
        "result": found.digest,
        "log": found.log._asdict(),
        "applicants": [
            {
                "applicant": row.applicant,
                "rank": row.rank,
                "score": None if row.final is None else f"{row.final:f}",
                "judges": row.effective,
                "passes": row.passes,
            }
            for row in found.outcome.applicants
        ],
    }
