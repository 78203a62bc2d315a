"""From an edition to its report."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from dashboard.access import Identity
from dashboard.content.findings import NATION
from dashboard.content.pages import PANEL, Page, Parameters, composer_of, deck_pages, reports
from dashboard.content.panel import PanelView
from dashboard.content.panel_sheets import SHEETS, SheetsView
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp
from dashboard.errors import UsageError
from dashboard.i18n import LANGUAGES, day_in_korea, label, speaking
from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.store.ask import Record
from dashboard.store.editions import Edition, Editions, questions_digest
from dashboard.store.emblems import Emblems

_REGIONS = frozenset({"region", "compare", "third"})
_YEARS = frozenset({"year", "base", "first_year"})
_SNAPSHOTS = frozenset({"old", "new"})
_CODES = {
    "event_type": ("events", "event_type"),
    "country": ("events", "country"),
    "event": ("events", "event_id"),
    "ministry": ("funding_programmes", "ministry"),
    "programme": ("funding_programmes", "programme_id"),
    "agreement_kind": ("agreements", "agreement_kind"),
    "agreement_state": ("agreements", "agreement_state"),
    "agreement": ("agreements", "agreement_id"),
    "institution": ("institutions", "institution_id"),
}
"""Parameters that name something of the record: the question that knows it, and its column."""
_MOST_NAMED = 30
"""Of more codes only the nearest are named in an error."""


def compose(record: Record, edition: Edition) -> Report:
    """The report of an edition, in its language, from its build: protected, as it is passed on.

    Raises:
        UsageError: a parameter names something that the build does not have.
    """
    if edition.report in (PANEL, SHEETS):
        raise UsageError(
            "This edition needs a sign-in",
            f"Edition {edition.edition_id} shows the round {edition.parameters['round']}.",
            "Give --round and --code.",
        )
    context = QueryContext(record.protected(), edition.build)
    made = _composed(context, edition.report, edition.parameters, _stamp(edition))
    with speaking(edition.language):
        note = note_of_change(edition)
    return replace(made, warning=" ".join(text for text in (made.warning, note) if text))


def note_of_change(edition: Edition) -> str:
    """That the questions are no longer those of the edition; empty where they are."""
    if edition.questions == questions_digest(settings().queries):
        return ""
    return _(
        "The questions were changed since this edition was frozen; figures may differ from "
        "those printed then."
    )


def _stamp(edition: Edition) -> Stamp:
    return Stamp(
        edition.edition_id,
        edition.build.build_id,
        edition.build.snapshot,
        day_in_korea(edition.build.built_at),
        edition.language,
        edition.made_by,
        edition.made_at,
    )


def draft(
    record: Record,
    report: str,
    parameters: Parameters,
    chosen_language: str,
    build: Build | None = None,
) -> Report:
    """A report for the screen, of which no edition is frozen: its stamp has no id.

    It is of the build in force unless told.

    Raises:
        UsageError: an unknown report, language or parameter.
    """
    used = build or record.current()
    asked = checked(record, report, parameters, chosen_language, used)
    return _composed(QueryContext(record, used), report, asked, _unfrozen(used, chosen_language))


def unfrozen(
    record: Record,
    report: str,
    parameters: Parameters,
    chosen_language: str,
    made_by: str,
    build: Build,
    link: str = "",
) -> Report:
    """A report to be taken along without an edition: protected, and nothing is stored.

    Args:
        record: what is asked.
        report: name of the report.
        parameters: its parameters.
        chosen_language: `ko` or `en`.
        made_by: as it is printed.
        build: what it shows.
        link: address that shows the same figures later.

    Raises:
        UsageError: an unknown report, language or parameter.
    """
    asked = checked(record, report, parameters, chosen_language, build)
    stamp = _unfrozen(build, chosen_language, made_by, link)
    return _composed(QueryContext(record.protected(), build), report, asked, stamp)


def _unfrozen(build: Build, code: str, made_by: str = "", link: str = "") -> Stamp:
    day = day_in_korea(build.built_at)
    return Stamp("", build.build_id, build.snapshot, day, code, made_by, build.built_at, link)


def freeze(
    record: Record,
    editions: Editions,
    report: str,
    parameters: Parameters,
    chosen_language: str,
    made_by: str,
    build: Build | None = None,
    *,
    identity: Identity,
) -> Edition:
    """Freeze a view after looking whether the build knows all that its parameters name.

    Raises:
        AccessDenied: whoever is not signed in freezes nothing.
        UsageError: an unknown report, language or parameter, a year of which nothing is known.
    """
    used = build or record.current()
    asked = checked(record, report, parameters, chosen_language, used)
    if "year" in asked:
        _check_year(QueryContext(record, used), asked["year"])
    return editions.freeze(report, asked, chosen_language, made_by, used, identity=identity)


def freeze_panel(
    record: Record,
    editions: Editions,
    view: PanelView | SheetsView,
    chosen_language: str,
    made_by: str,
    *,
    identity: Identity,
) -> Edition:
    """Freeze what a reader sees of a judging round now; a later entry makes another edition.

    Raises:
        AccessDenied: whoever is not signed in freezes nothing.
        UsageError: an unknown language.
    """
    if chosen_language not in LANGUAGES:
        raise _unknown(_("language"), chosen_language, LANGUAGES)
    build = record.current()
    return editions.freeze(
        view.kind, view.parameters, chosen_language, made_by, build, identity=identity
    )


def draft_panel(
    record: Record, view: PanelView | SheetsView, chosen_language: str, made_by: str = ""
) -> Report:
    """What a reader sees of a judging round, with nothing frozen."""
    build = record.current()
    with speaking(chosen_language):
        stamp = _unfrozen(build, chosen_language, made_by)
        return view.report(QueryContext(record, build), stamp)


def compose_panel(record: Record, edition: Edition, view: PanelView | SheetsView) -> Report:
    """The report of a panel's edition.

    Scores are no part of the record: whoever opens it brings what `judging` lets them see.

    Raises:
        UsageError: the edition is of another round, an earlier state of it, or another reader.
    """
    if edition.report != view.kind or edition.parameters != view.parameters:
        raise UsageError(
            "This edition shows something else of the round",
            f"Edition {edition.edition_id} was frozen by another role or before a later entry.",
            "Sign in with the role that froze it, or freeze a new edition.",
        )
    with speaking(edition.language):
        return view.report(QueryContext(record, edition.build), _stamp(edition))


def checked(
    record: Record, report: str, parameters: Parameters, chosen_language: str, build: Build
) -> dict[str, Any]:
    """The parameters in the form in which an edition keeps them.

    Raises:
        UsageError: an unknown report or language, a missing parameter or one too many, an unknown
            region or metric, a year that is no number.
    """
    page = _page(report)
    if chosen_language not in LANGUAGES:
        raise _unknown(_("language"), chosen_language, LANGUAGES)
    asked = {name: value for name, value in parameters.items() if value not in (None, "", ())}
    missing = [name for name in page.needs if name not in asked]
    if missing:
        raise UsageError(
            "A parameter is missing",
            f"The report '{report}' needs {', '.join(missing)}.",
            f"It takes: {', '.join(page.parameters)}.",
        )
    surplus = sorted(set(asked) - {*page.parameters})
    if surplus:
        raise UsageError(
            "There is no such parameter",
            f"The report '{report}' does not take {', '.join(surplus)}.",
            f"It takes: {', '.join(page.parameters)}.",
        )
    context = QueryContext(record, build)
    for name in _REGIONS & asked.keys():
        if asked[name] not in context.regions:
            raise _unknown(_("region"), asked[name], context.regions)
    if "metric" in asked:
        context.metric(asked["metric"])
    for name in _YEARS & asked.keys():
        asked[name] = _year(name, asked[name])
    for name in _SNAPSHOTS & asked.keys():
        asked[name] = _whole(name, asked[name], range(1, 10), "Give the number of a snapshot.")
    for name, (question, column) in _CODES.items():
        if name in asked:
            # A country without an event has a page too: of its patients, centres or agreements.
            is_of_page = name == "country" and page.path != "events"
            rows = context.answer("countries" if is_of_page else question).rows
            codes = sorted({row[column] for row in rows if row[column]})
            # Several events may be named at once.
            named = str(asked[name]).split(",") if name == "event" else [asked[name]]
            for code in named:
                if code not in codes:
                    raise _unknown(label("column", column), code, codes)
    if "pages" in asked:
        asked["pages"] = _pages(asked["pages"])
    if "date" in asked:
        asked["date"] = _day(asked["date"])
    if "emblem" in asked:
        Emblems(settings()).open(asked["emblem"])
    return asked


def _pages(chosen: object) -> list[str]:
    """Pages of a deck, given as a list or joined by commas, each once in their own order."""
    names = chosen.split(",") if isinstance(chosen, str) else [str(name) for name in chosen]  # type: ignore[attr-defined]
    return [page.path for page in deck_pages([name.strip() for name in names])]


def _page(report: str) -> Page:
    """The page that is composed as a report of this name."""
    known = reports()
    if report not in known:
        raise _unknown(_("report"), report, known)
    return known[report]


def _year(name: str, value: object) -> int:
    return _whole(name, value, range(4, 5), "Give a year of four digits.")


def _whole(name: str, value: object, digits: range, remedy: str) -> int:
    """A whole number of so many digits."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) in digits):
        raise UsageError(
            "A parameter has the wrong form", f"'{name}' was given as '{text}'.", remedy
        )
    return int(text)


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise UsageError(
            "A parameter has the wrong form",
            _("“{text}” is no date.").format(text=value),
            _("Give a day as 2026-11-28."),
        ) from error


def _check_year(context: QueryContext, year: int) -> None:
    """Refuse a year of which the build knows nothing in any region, and that no page offers."""
    offered = context.rows("region_years", region=NATION)
    known = sorted({row["year"] for row in (*offered, *context.rows("known_years"))})
    if known and year not in known:
        raise _unknown(label("column", "year"), year, map(str, known))


def _unknown(what: str, given: object, known: Iterable[str]) -> UsageError:
    names = list(known)
    if len(names) > _MOST_NAMED:
        names = get_close_matches(str(given), names, _MOST_NAMED, 0)
    return UsageError("There is no such code", f"{what} '{given}'", f"Known: {', '.join(names)}.")


def _composed(context: QueryContext, report: str, parameters: Parameters, stamp: Stamp) -> Report:
    with speaking(stamp.language):
        return composer_of(_page(report))(context, parameters, stamp)
