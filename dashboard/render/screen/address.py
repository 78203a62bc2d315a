"""The parameters of the address at which a view stands, of which its links are made.

A browser asks with the address that it has. Of two things done in one moment the second comes with
the address of before the first: what callbacks wrote is remembered until the browser has it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

_given: ContextVar[Mapping[str, str] | None] = ContextVar("address", default=None)
_WRITTEN = "cr-address-written"
"""The addresses that the browser may still ask with, and the one that was written over them."""
_REMEMBERED = 8
"""Addresses; so many things are not done before a browser has its new one."""


def address() -> Mapping[str, str]:
    """Those that were given to whoever writes, else those of the page that this thread draws."""
    given = _given.get()
    return st.query_params.to_dict() if given is None else given


@contextmanager
def standing_at(parameters: Mapping[str, str]) -> Iterator[None]:
    """Write as at an address, where no page is drawn."""
    token = _given.set(parameters)
    try:
        yield
    finally:
        _given.reset(token)


def write(parameters: Mapping[str, str | None]) -> None:
    """Put parameters into the address, for callbacks; None takes one away."""
    catch_up()
    before = st.query_params.to_dict()
    after = {name: value for name, value in {**before, **parameters}.items() if value is not None}
    if after == before:
        return
    former, written = st.session_state.get(_WRITTEN, ((), None))
    still = (*former, before) if written == before else (before,)
    st.query_params.from_dict(after)
    st.session_state[_WRITTEN] = (still[-_REMEMBERED:], after)


def catch_up() -> None:
    """Stand where callbacks wrote, for one that reads: its browser may not have it yet."""
    former, written = st.session_state.get(_WRITTEN, ((), None))
    if written is not None and st.query_params.to_dict() in former:
        st.query_params.from_dict(written)


def arrive() -> None:
    """Begin a run: where the browser went elsewhere, as with Back, what was written is past."""
    _former, written = st.session_state.get(_WRITTEN, ((), None))
    if st.query_params.to_dict() != written:
        st.session_state.pop(_WRITTEN, None)
