"""Files that were read and checked, and are not stored: kept for a few, outside the sessions.

A run of the page would otherwise read and check the file again. What falls out is made anew from
the upload when it is asked for.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from dashboard.intake.delivery import Checked, Delivery, Difference

Made = TypeVar("Made", Delivery, Checked, Difference)
Key: TypeAlias = tuple[object, ...]
_KEPT = 12

_lock = threading.Lock()
_held: OrderedDict[Key, Delivery | Checked | Difference] = OrderedDict()


@dataclass(frozen=True)
class Upload:
    """A file in the uploader."""

    file_id: str
    """Tells one upload from any other, also of the same file."""
    name: str
    content: bytes


def once(key: Key, make: Callable[[], Made]) -> Made:
    """What was made for the key before, or is made now.

    Args:
        key: the id of the upload first, then all that the result depends on.
        make: reads or checks.
    """
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return cast(Made, _held[key])
    made = make()
    with _lock:
        _held[key] = made
        dropped = [_held.popitem(last=False)[1] for _ in range(len(_held) - _KEPT)]
    _discard(dropped)
    return made


def is_held(key: Key) -> bool:
    """Whether it needs no making."""
    with _lock:
        return key in _held


def forget(file_id: str) -> None:
    """Let go of all that was made of an upload."""
    with _lock:
        dropped = [_held.pop(key) for key in list(_held) if key[0] == file_id]
    _discard(dropped)


def _discard(dropped: list[Delivery | Checked | Difference]) -> None:
    for made in dropped:
        if isinstance(made, Checked):
            made.discard()
