"""`export` and `edition`: reports as files, and the frozen views behind them."""

import json
from pathlib import Path
from typing import Any

from cyclopts import App

from dashboard.access import Action, desk, may
from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.content.compose import (
    compose,
    compose_panel,
    freeze,
    freeze_panel,
)
from dashboard.content.pages import PAGES, PANEL, reports
from dashboard.content.panel import PanelView, panel_view
from dashboard.content.panel_sheets import SHEETS, SheetsView, sheets_view
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import language, speaking
from dashboard.judging.judging import open_judging
from dashboard.render.formats import Encoding, check_format, render
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.store.editions import Edition, Editions

_OF_ROUNDS = (PANEL, SHEETS)
"""Reports of what is no part of the record and opens with a code."""

edition = App(name="edition", help="Frozen views: what was printed can be opened again.")


def export(
    report: str,
    /,
    *,
    out: Path,
    lang: str | None = None,
    edition: str | None = None,
    by: str | None = None,
    chart: int = 1,
    encoding: Encoding = "utf-8",
    round: str | None = None,
    code: str | None = None,
    judge: str | None = None,
    **parameters: str,
) -> int:
    """Write a page or report to a file; its format follows from the file's name.

    Args:
        report: kpi, review, ranking, deck, panel, sheets, or a page such as patients; an
            unknown one is answered with all there are.
        out: file to write: .pdf, .pptx, .hwpx, .xlsx, .csv, .svg or .png.
        lang: ko or en; the language of the command line unless told.
        edition: id of a frozen edition to write again, instead of region, year and the like.
        by: who freezes the edition, as it is printed.
        chart: for svg and png: which chart or map of the report, counted from 1.
        round: of panel and sheets: id of the round.
        code: of panel and sheets: personal sign-in code; what it opens is what is written.
        judge: of sheets: whose sheets, where the code is the chair's.
        encoding: for csv: utf-8 with byte-order mark, or cp949 for older Korean programs.
        parameters: what the report shows, as --name value: region, year, metric, base,
            compare and the like; a missing or unknown one is answered with those it takes.
    """
    report = _known(report)
    check_format(report, out)
    asked: dict[str, str | None] = {
        name.replace("-", "_"): value for name, value in parameters.items()
    }
    record, editions = open_record(settings()), Editions(settings())
    frozen = None
    if edition is not None:
        frozen = _reopened(editions, edition, report, {**asked, "lang": lang, "by": by})
    else:
        bring_up_to_date()
    chosen = lang or language()
    with speaking(chosen):
        author = by or _("command line")
    desk_here = desk(settings().desk_region)
    if report in _OF_ROUNDS:
        view = _view_of_round(report, round, code, judge)
        frozen = frozen or freeze_panel(record, editions, view, chosen, author, identity=desk_here)
        made = compose_panel(record, frozen, view)
    else:
        frozen = frozen or freeze(
            record, editions, report, asked, chosen, author, identity=desk_here
        )
        made = compose(record, frozen)
    content = render(made, out.suffix, chart=chart, encoding=encoding)
    _write(out, content)
    print(f"{out} ({len(content):,} bytes) edition {frozen.edition_id}")
    return 0


@edition.command(name="list")
def list_editions() -> int:
    """List every edition, the oldest first."""
    for edition in Editions(settings()).all():
        print(_line(edition))
    return 0


@edition.command
def show(edition_id: str, /) -> int:
    """Show what an edition froze, and whether its build can be asked.

    Args:
        edition_id: as printed at the foot of every page.
    """
    found = Editions(settings()).open(edition_id)
    print(
        json.dumps(
            {
                "edition_id": found.edition_id,
                "report": found.report,
                "parameters": dict(found.parameters),
                "language": found.language,
                "made_by": found.made_by,
                "made_at": found.made_at,
                "build_id": found.build.build_id,
                "snapshot": found.build.snapshot,
                "built_at": found.build.built_at,
            },
            ensure_ascii=False,
            indent=2,
        )
    )
    return 0


def _known(name: str) -> str:
    """The report of this name, or of the page with this address."""
    known = (*reports(), *_OF_ROUNDS)
    report = PAGES[name].report if name in PAGES else name
    if report not in known:
        raise UsageError(
            "There is no such report",
            f"'{name}' was asked for.",
            f"Reports: {', '.join(known)}.",
        )
    return report


def _view_of_round(
    report: str, round_id: str | None, code: str | None, judge: str | None
) -> PanelView | SheetsView:
    """What the holder of a code may see of a round; the panel for the chair with every sheet."""
    if round_id is None or code is None:
        raise UsageError(
            "A parameter is missing",
            f"The report '{report}' needs round, code.",
            "List the rounds: python -m dashboard panel list",
        )
    judging = open_judging(settings())
    session = judging.sessions.sign_in(round_id, code, client="command line")
    try:
        if report == SHEETS:
            whose = judge or session.identity.judge_id or ""
            return sheets_view(judging, session.identity, whose)
        result = panel_view(judging, session.identity).result
        sheets = tuple(
            sheet
            for name in result.judges
            if may(session.identity, Action.READ_SHEETS)
            for sheet in sheets_view(judging, session.identity, name).sheets
        )
    finally:
        judging.sessions.sign_out(session.token)
    order = result.round.rules.applicants
    return PanelView(result, tuple(sorted(sheets, key=lambda one: order.index(one.applicant))))


def _reopened(editions: Editions, edition_id: str, report: str, others: dict[str, Any]) -> Edition:
    """A former edition; nothing that it froze can be told anew."""
    surplus = [name for name, value in others.items() if value is not None]
    if surplus:
        raise UsageError(
            "An edition cannot be changed",
            f"--edition was given together with {', '.join(f'--{name}' for name in surplus)}.",
            "Leave them out, or leave --edition out to freeze a new one.",
        )
    found = editions.open(edition_id)
    if found.report != report:
        raise UsageError(
            "This edition is another report",
            f"Edition {found.edition_id} is a '{found.report}', not a '{report}'.",
            f"Name the report '{found.report}' instead.",
        )
    return found


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(
            "The file cannot be written",
            str(error),
            "Name a folder that exists and may be written to.",
        ) from error


def _line(edition: Edition) -> str:
    asked = " ".join(
        f"{name}={','.join(map(str, value)) if isinstance(value, list | tuple) else value}"
        for name, value in edition.parameters.items()
    )
    parts = (edition.report, asked, edition.language, edition.made_by, edition.made_at[:16])
    return "  ".join((edition.edition_id, *parts))
