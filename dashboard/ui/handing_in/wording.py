"""Words that several parts of the page share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.contract import Contract
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language, ngettext, number_text
from dashboard.intake.delivery import Progress
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import draw_box
from dashboard.settings import settings

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Hand:
    """Who hands in, or decides."""

    name: str
    office: str
    is_account: bool = False
    """Who is signed in is asked for no name."""


def size_text(size: int) -> str:
    """Bytes as kB or MB of the SI."""
    if size < _MEGABYTE:
        return f"{number_text(size / 1000, 1)} kB"
    return f"{number_text(size / _MEGABYTE, 1)} MB"


def rows_text(count: int) -> str:
    """A number of rows, with its word."""
    return ngettext("{count} row", "{count} rows", count).format(count=number_text(count))


def column_title(contract: Contract, name: str) -> str:
    """The title of a column in the reader's language; a name that is no column stays."""
    known = {column.name: column.heading for column in contract.fields}
    return known.get(name, name)


def metric_name(metric: str) -> str:
    """The name of a metric in the reader's language; one outside the catalogue keeps its id."""
    catalogue = read_catalogue(settings().queries)
    return catalogue[metric].name.in_language(language()) if metric in catalogue else metric


def kind_words() -> dict[str, str]:
    """Kinds of change, in the order in which they are shown."""
    return {
        "new": _("new"),
        "changed": _("changed"),
        "gone": _("gone"),
        "contradicting": _("contradicting"),
        "unchanged": _("unchanged"),
    }


def counts_text(changes: Mapping[str, int]) -> str:
    """What a file changed, in numbers of rows; kinds without any are left out."""
    return " · ".join(
        f"{word} {number_text(changes[kind])}"
        for kind, word in kind_words().items()
        if changes.get(kind)
    )


def stage_words() -> dict[str, str]:
    """What an intake is doing."""
    return {
        "reading": _("Reading"),
        "checking": _("Checking"),
        "storing": _("Storing"),
        "building": _("Computing the figures"),
    }


def say_refused(error: ClusterReviewError) -> None:
    """Say on the spot why something was not done."""
    draw_box("refused", _(error.title), error.message, _(error.remedy))


def ask_for_reason(
    key: str, hand: Hand, label: str, doing: str, act: Callable[[str, str], object]
) -> None:
    """Ask for name and reason in the dialog that is open, and act once both are given.

    Args:
        key: tells this step's fields from those of others.
        hand: who it is likely to be; who is signed in is asked for no name.
        label: of the button.
        doing: what is said meanwhile.
        act: is given name and reason.
    """
    who: str | None = hand.name
    if not hand.is_account:
        who = st.text_input(
            _("Your name"), value=hand.name, key=f"handing-in-{key}-name", max_chars=80
        )
    why = st.text_input(_("Reason"), key=f"handing-in-{key}-reason", max_chars=300)
    with st.container(horizontal=True):
        if st.button(label, type="primary", key=f"handing-in-{key}-confirm"):
            given = (who or "").strip(), (why or "").strip()
            if not all(given):
                st.error(
                    _("Give a reason.") if hand.is_account else _("Give your name and a reason.")
                )
                return
            try:
                with st.spinner(doing, show_time=True):
                    act(*given)
            except ClusterReviewError as error:
                say_refused(error)
                return
            st.rerun()
        if st.button(_("Cancel"), key=f"handing-in-{key}-cancel"):
            st.rerun()


@contextmanager
def moving_bar() -> Iterator[Progress]:
    """A bar that moves while a file is checked; gone afterwards."""
    first = _("Checking the rows and computing the figures on trial")
    bar = st.progress(0.0, text=literal(first))
    try:
        yield _mover(bar.progress)
    finally:
        bar.empty()


def _mover(move: Callable[..., object]) -> Progress:
    def moved(stage: str, done: int, total: int) -> None:
        move(share_done(done, total), text=literal(progress_text(stage, done, total)))

    return moved


def share_done(done: int, total: int) -> float:
    """From 0 to 1; 0 where the total is not known."""
    return min(1.0, done / total) if total > 0 else 0.0


def progress_text(stage: str, done: int, total: int) -> str:
    """How far it is, in words; bytes are counted while reading, rows otherwise."""
    words = stage_words().get(stage, stage)
    if not done:
        return f"{words} …"
    amount = size_text if stage == "reading" else rows_text
    if not total:
        return f"{words} … {amount(done)}"
    return _("{stage} … {done} of {total}").format(
        stage=words, done=amount(done), total=amount(total)
    )
