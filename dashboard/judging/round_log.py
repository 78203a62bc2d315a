"""A round's log as its reader may see it, and its export, whose chain anybody can follow."""

import json
from collections.abc import Sequence

from dashboard.access import Action, Identity, Role, may
from dashboard.errors import LedgerBroken
from dashboard.i18n import gettext as _
from dashboard.judging.proposed import NAMES_JUDGE
from dashboard.judging.state import RoundState
from dashboard.judging.views import AFTER_CLOSING, LogEntry
from dashboard.store.ledger import GENESIS, Entry, content_digest, entry_digest

_PUBLIC = frozenset(
    {"created", "rules_changed", "sealed", "scoring_opened", "closed", "lot_recorded"}
    | {"objected", "answered", "signed_off"}
)
"""Kinds that whoever may read the log reads."""
_PROPOSED = frozenset(
    {"change_proposed", "change_confirmed", "change_declined", "proposal_withdrawn"}
)
"""Kinds that everybody reads where the change names no judge."""
_SEE_NAMES = frozenset({Role.CHAIR, Role.DEPUTY})
"""Who reads which judge an entry is about."""
_OF_HOLDER = frozenset({"code_issued_again", "recovery_agreed", "contact_named"})
"""Kinds about somebody's code. Neither a code nor its hash is ever in this log."""


def is_open_to_others(state: RoundState, identity: Identity) -> bool:
    """Whether somebody who is no judge, chair or deputy reads the log, and the result, by now."""
    if may(identity, Action.READ_UNSIGNED):
        return state.phase in AFTER_CLOSING
    return bool(state.signed)


def known_before(state: RoundState, identity: Identity) -> frozenset[str] | None:
    """Kinds of entries of which others may know before that; None: the log is open to them."""
    return None if is_open_to_others(state, identity) else _PUBLIC


def readable_entries(
    state: RoundState, identity: Identity, entries: Sequence[Entry]
) -> list[LogEntry]:
    """Entries with the contents withheld that the reader may not see."""
    return [
        LogEntry(
            number=entry.number,
            kind=entry.kind,
            actor=entry.actor,
            written_at=entry.written_at,
            content=dict(entry.content) if is_open else None,
            salt=entry.salt if is_open else None,
            content_digest=entry.content_digest,
            digest=entry.digest,
        )
        for entry in entries
        for is_open in [_is_open(state, identity, entry)]
    ]


def _is_open(state: RoundState, identity: Identity, entry: Entry) -> bool:
    if entry.kind in _PUBLIC:
        return True
    if entry.kind in _PROPOSED:
        proposal = state.proposals[entry.content["proposal_id"]]
        if proposal.change not in NAMES_JUDGE or identity.role in _SEE_NAMES:
            return True
        judge_id = proposal.content["judge_id"]
        return identity.role is Role.JUDGE and identity.judge_id == judge_id
    if entry.kind in _OF_HOLDER:
        return _is_open_to_holder(identity, entry)
    judge_id = entry.content["judge_id"]
    is_own = identity.role is Role.JUDGE and identity.judge_id == judge_id
    if entry.kind != "drafted":
        return is_own or identity.role in _SEE_NAMES
    if judge_id in state.withdrawn:
        return False
    void_before = state.void_before.get((judge_id, entry.content["applicant"]), 0)
    if entry.number < void_before:
        return False
    is_closed = state.phase in AFTER_CLOSING
    return is_own or (identity.role is Role.CHAIR and is_closed)


def _is_open_to_holder(identity: Identity, entry: Entry) -> bool:
    """Codes and contacts: chair and deputies read of all; of the chair's code whoever reads."""
    holder = entry.content.get("holder") or f"a-{entry.content['applicant']}"
    region = f"a-{identity.region}"
    own = {Role.JUDGE: identity.judge_id, Role.APPLICANT: region}.get(identity.role)
    of_chair = entry.kind == "code_issued_again" and holder == "chair"
    return of_chair or holder == own or identity.role in _SEE_NAMES


def log_lines(stream: str, entries: Sequence[LogEntry]) -> bytes:
    """JSON lines: one object an entry, with the stream it belongs to."""
    lines = [
        json.dumps({"stream": stream, **vars(entry)}, ensure_ascii=False, sort_keys=True)
        for entry in entries
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def verify_export(exported: bytes) -> str:
    """Follow the hash chain of an exported log, as far as `log_lines` wrote it.

    An entry's digest is SHA-256 over, each with its length and a colon before it: the digest of the
    entry before (64 zeros at first), stream, number, kind, actor, written_at, and the content's
    digest, which is SHA-256 over salt and content (JSON, keys in order, no spaces).

    Returns:
        The digest of the last entry, to be compared with the one of the ledger.

    Raises:
        LedgerBroken: a line was changed, left out or put in between.
    """
    before = GENESIS
    for place, line in enumerate(exported.decode("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            parts = [entry[name] for name in ("stream", "number", "kind", "actor", "written_at")]
            digest = entry_digest(before, *parts, entry["content_digest"])
            holds = entry["number"] == place and entry["digest"] == digest
            if entry["content"] is not None:
                shown = content_digest(entry["salt"], entry["content"])
                holds = holds and shown == entry["content_digest"]
        except (ValueError, KeyError, TypeError):
            holds = False
        if not holds:
            raise LedgerBroken(
                "The log was tampered with",
                _("Line {line} of the export does not follow from the one before.").format(
                    line=place
                ),
                _("Export the log again, and compare."),
            )
        before = digest
    return before
