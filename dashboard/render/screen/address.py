"""The parameters of the address at which a view stands, of which its links are made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

_given: ContextVar[Mapping[str, str] | None] = ContextVar("address", default=None)


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
