"""Doing again what another process or a broken connection kept from being done."""

import duckdb
from tenacity import RetryCallState, retry, retry_if_exception, wait_random_exponential

from dashboard.errors import StoreUnreachable
from dashboard.store.damage import is_overtaken
from dashboard.store.lake_catalogue import PATIENCE_S

_AWAY_S = 10
"""How long to wait for a database or storage that does not answer."""


def _may_pass(error: BaseException) -> bool:
    """Another process holds the catalogue, or was faster; or a connection broke."""
    if isinstance(error, StoreUnreachable):
        return True
    is_locked = isinstance(error, duckdb.Error) and "database is locked" in str(error)
    return is_locked or is_overtaken(error)


def _is_enough(state: RetryCallState) -> bool:
    """Whether it was waited long enough for what went wrong last."""
    error = state.outcome.exception() if state.outcome is not None else None
    patience_s = _AWAY_S if isinstance(error, StoreUnreachable) else PATIENCE_S
    return (state.seconds_since_start or 0) >= patience_s


patiently = retry(
    retry=retry_if_exception(_may_pass),
    wait=wait_random_exponential(multiplier=0.05, max=2),
    stop=_is_enough,
    reraise=True,
)
"""Does again what may pass. What commits looks first whether it was done: of a commit whose
connection broke nobody knows."""
