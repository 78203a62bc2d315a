"""What readers do that the log of access keeps: exact counts seen, files taken along."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard.access import Identity
from dashboard.content.report import Report
from dashboard.identity.access_log import AccessLog
from dashboard.settings import settings
from dashboard.store.answer import Build
from dashboard.ui.reader import reader

P = ParamSpec("P")
T = TypeVar("T")
_SEEN = "exact-counts-seen"
"""Regions and builds whose exact counts this session saw."""
_TYPED = frozenset({"title", "organiser", "place", "date", "emblem"})
"""Parameters that people write, which are contents."""


def note_exact(report: Report, build: Build) -> None:
    """Note once a session, region and build that a page shows exact counts."""
    note_exact_of(exact_regions(report), build, report.kind)


def note_exact_of(regions: Collection[str], build: Build, report: str) -> None:
    """Note the same of what is no report: the regions whose exact counts it shows."""
    if not regions:
        return
    seen = st.session_state.setdefault(_SEEN, set())
    identity = reader().identity
    for region in sorted(regions):
        if (region, build.build_id) not in seen and is_known(identity):
            AccessLog(settings()).note(
                "saw_exact", identity, of=region, build=build.build_id, report=report
            )
        seen.add((region, build.build_id))


def exact_regions(report: Report) -> frozenset[str]:
    """Regions whose exact counts a report holds."""
    answers = [getattr(block, "answer", None) for block in report.blocks]
    return frozenset(region for one in answers if one is not None for region in one.exact_regions)


def downloads(
    made: Callable[P, T],
    suffix: str,
    identity: Identity,
    report: str,
    parameters: Mapping[str, object],
    edition: str = "",
) -> Callable[P, T]:
    """What makes a file, noting that it did: which file, never what is in it.

    Args:
        made: makes the file.
        suffix: its format.
        identity: who takes it; of whoever is not signed in nothing is noted.
        report: what it is of: a report, or the question behind a table or chart.
        parameters: of the report or question.
        edition: id of the edition it is made from; empty without one.
    """
    if not is_known(identity):
        return made

    @wraps(made)
    def noted(*args: P.args, **kwargs: P.kwargs) -> T:
        file = made(*args, **kwargs)
        note_download(suffix, identity, report, parameters, edition)
        return file

    return noted


def note_download(
    suffix: str,
    identity: Identity,
    report: str,
    parameters: Mapping[str, object],
    edition: str = "",
) -> None:
    """Note that a file was made; of whoever is not signed in nothing is."""
    if not is_known(identity):
        return
    said = " ".join(
        f"{name}={value}"
        for name, value in sorted(parameters.items())
        if value is not None and name not in _TYPED
    )
    AccessLog(settings()).note(
        "downloaded",
        identity,
        report=report,
        parameters=said or None,
        format=suffix.removeprefix("."),
        edition=edition or None,
        round=identity.round_id,
    )


def is_known(identity: Identity) -> bool:
    """Whether somebody is signed in, by an account or by a code that not everybody has."""
    return bool(identity.account or identity.round_id) and not identity.is_anybody
