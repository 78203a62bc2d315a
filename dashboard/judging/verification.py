"""Whether the logs of a round hold: chains, signed result, checkpoints, a head kept elsewhere."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.errors import LedgerBroken, UsageError
from dashboard.i18n import gettext as _
from dashboard.judging.basis import result_digest
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams, panel_stream, sign_in_stream
from dashboard.judging.views import Verification
from dashboard.store.checkpoint import Checkpoints, Head, backup_remedy
from dashboard.store.ledger import GENESIS, Entry

_ENDING = frozenset({"closed", "signed_off"})
"""Kinds of entries that carry a checkpoint."""

_Log = Sequence[Entry]


def verify_round(streams: Streams, round_id: str, head: str = "") -> Verification:
    """Follow the chains of a round's log and of its sign-ins; `texts.log_promise` says how far.

    Args:
        streams: the logs of the workspace.
        round_id: the round.
        head: digest of a last entry as it was printed or noted; empty: compare with none.

    Raises:
        UsageError: no such round, or the head is no digest.
        LedgerBroken: an entry was changed, left out or put in between; the result signed is
            not the one that the entries give; a checkpoint is not this workspace's; or neither
            log has the head.
    """
    wanted = _digest(head)
    with streams.reading(round_id):
        pass  # it exists
    # The sign-ins second: a checkpoint never names more of them than are read here.
    names = (panel_stream(round_id), sign_in_stream(round_id))
    logs = {name: streams.ledger.verify(name) for name in names}
    log, sign_ins = logs.values()
    _require_signed_results(round_id, log)
    later, proven = None, 0
    if wanted:
        found = _found(wanted, log, sign_ins)
        later = len(logs[found.stream]) - found.number
        proven = found.number if found.stream == names[0] else 0
    signed = _require_checkpoints(streams.ledger.checkpoints, log, logs, proven)
    return Verification(round_id, _end(log), _end(sign_ins), signed, later)


def _digest(head: str) -> str:
    wanted = "".join(head.split()).lower()
    if wanted and not re.fullmatch("[0-9a-f]{64}", wanted):
        raise UsageError(
            "This is no digest of a log",
            head[:80],
            _("Give all 64 digits as they are printed under the result or the sheet."),
        )
    return wanted


def _end(log: _Log) -> Head:
    return Head(log[-1].number, log[-1].digest) if log else Head(0, GENESIS)


def _found(wanted: str, *logs: _Log) -> Entry:
    for entry in (entry for log in logs for entry in log):
        if entry.digest == wanted:
            return entry
    raise LedgerBroken(
        "The log was cut off or rebuilt",
        _("No entry of it has the digest {digest}.").format(digest=wanted),
        _(
            "If the digest is copied right and of this round, entries that were there are gone. "
            "Compare the workspace with its backup."
        ),
    )


def _require_signed_results(round_id: str, log: _Log) -> None:
    state = RoundState(round_id, is_practice=False)
    for entry in log:
        state.apply(entry)
        if entry.kind != "signed_off":
            continue
        version = state.signed[-1]
        rested_on = _end(log[: version.rests_on.number])
        if rested_on != version.rests_on or result_digest(state) != version.result:
            raise LedgerBroken(
                "The log was tampered with",
                _("The result signed is not the one that the entries give."),
                _("Compare the workspace with its backup, and the program with its release."),
            )


def _require_checkpoints(
    checkpoints: Checkpoints, log: _Log, logs: Mapping[str, _Log], proven: int
) -> tuple[int, ...]:
    """Hold every checkpoint to the logs; the signature only after what a head proves by itself."""
    signed = []
    for entry in log:
        if entry.kind not in _ENDING:
            continue
        written = entry.content.get("checkpoint")
        if entry.number > proven:
            if written is None:
                raise _unsigned(entry)
            checkpoints.check(written)
            signed.append(entry.number)
        if written is not None:
            _require_heads(entry, written["heads"], logs)
    return tuple(signed)


def _require_heads(
    entry: Entry, heads: Mapping[str, Sequence[Any]], logs: Mapping[str, _Log]
) -> None:
    """The logs ended as the checkpoint says when its entry was written."""
    before = {entry.stream: entry.number - 1}
    ends = {
        stream: list(_end(log[: before.get(stream, heads[stream][0])]))
        for stream, log in logs.items()
    }
    if heads != ends:
        raise LedgerBroken(
            "The log was cut off or rebuilt",
            _("The logs are not those of the checkpoint in entry {number}.").format(
                number=entry.number
            ),
            backup_remedy(),
        )


def _unsigned(entry: Entry) -> LedgerBroken:
    return LedgerBroken(
        "The log carries no signature",
        _(
            "Entry {number} ended a phase of the round unsigned: an earlier version of the program "
            "wrote it, or somebody without the key file rebuilt the log."
        ).format(number=entry.number),
        _("Compare with a digest that was printed since: panel verify ROUND --head DIGEST"),
    )
