"""Signing in without an account: personal codes, sessions, and a pause after wrong codes.

Codes have ten of 31 characters, drawn by lot (49 bits), and are kept as scrypt hashes (RFC 7914;
N = 2^15, r = 8, p = 1); tokens of sessions have 256 bits and are kept as SHA-256.
"""

import hashlib
import secrets
from datetime import timedelta

from dashboard.access import Action, Identity, Role, require
from dashboard.errors import AccessDenied, JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.judging.checks import known_judge, required_text
from dashboard.judging.sign_in_state import Holder, SignInState
from dashboard.judging.streams import PRACTICE, Streams, sign_in_stream
from dashboard.judging.views import AFTER_CLOSING, IssuedCode, Session
from dashboard.store.ledger import Writer

CHAIR = "chair"
APPLICANT = "a-"
"""Before a region's code: the holder of an applicant's code."""
SESSION = timedelta(hours=12)

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L, which are taken for each other."""
_LENGTH = 10
_COST = 2**15


class Sessions:
    """Codes and sessions of the rounds."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def issue_code(self, identity: Identity, name: str) -> IssuedCode:
        """Assign a judge and issue the personal code, shown this one time (chair).

        Refused once the round is closed. A code that is lost is issued again by
        `People.issue_again`.
        """
        round_id = self._require(identity)
        with self._streams.writing(round_id) as (state, writer):
            name = required_text(name)
            if state.phase in AFTER_CLOSING:
                raise JudgingRefused(
                    "The round is closed",
                    _("No judge is assigned to a closed round."),
                    _("Make a new round if there is to be another panel."),
                )
            judge_id = f"j{len(state.judges) + 1}"
            writer.append("judge_assigned", CHAIR, {"judge_id": judge_id, "name": name})
            return issue(round_id, writer.beside(sign_in_stream(round_id)), judge_id, name)

    def revoke_code(self, identity: Identity, judge_id: str) -> None:
        """End a judge's code and every session opened with it (chair). Scores stay."""
        round_id = self._require(identity)
        with self._streams.writing(round_id) as (state, writer):
            known_judge(state, judge_id)
            writer.append("judge_code_revoked", CHAIR, {"judge_id": judge_id})
            codes = writer.beside(sign_in_stream(round_id))
            codes.append("code_revoked", CHAIR, {"holder": judge_id})

    def sign_in(self, round_id: str, code: str, client: str = "", device: str = "") -> Session:
        """Let in whoever has a code of the round, as whom it was issued to.

        A client that goes on failing is slowed down (`judging.pace`), and no client's failures
        stop another one. Spaces, hyphens and case do not matter. A session lasts twelve hours.

        Args:
            round_id: the round.
            code: as it was handed over.
            client: where the attempt comes from, such as the address; kept hashed.
            device: what only this browser knows, known to the round once it has signed in; kept
                hashed. Empty: it has no such mark.
        """
        with self._streams.reading(round_id):
            pass  # it exists
        where = _mark(round_id, client)
        own = _mark(round_id, f"device\0{device}") if device else ""
        with self._streams.reading_sign_in(round_id) as known:
            self._refuse_pause(known, where, own)
            salt = known.salt
        hashed = hash_code(salt, code)  # slow: outside the block that others wait for
        with self._streams.writing_sign_in(round_id) as (signed, writer):
            self._refuse_pause(signed, where, own)
            holder = signed.codes.get(hashed)
            if holder is None:
                writer.append("failed", "", {"client": where, "device": own})
            else:
                secret = secrets.token_urlsafe(32)
                ends = (self._streams.now() + SESSION).isoformat(timespec="milliseconds")
                content = {"code": hashed, "token": _hash_token(secret), "expires_at": ends}
                writer.append("signed_in", holder.holder, {**content, "device": own})
        if holder is None:
            raise AccessDenied(
                "This code does not open the round",
                _("Either it is mistyped, or it was revoked."),
                _("Type it again. If it fails again, ask the chair for another one."),
            )
        return Session(f"{round_id}.{secret}", self._identity(round_id, holder), ends)

    def resume(self, token: str) -> Identity:
        """Who a session's token belongs to, so that a reload keeps a judge signed in.

        Raises:
            AccessDenied: unknown, expired, signed out, or its code was revoked.
        """
        round_id, _dot, secret = token.partition(".")
        with self._streams.reading_sign_in(round_id) as state:
            found = state.sessions.get(_hash_token(secret))
        if found is None or found[1] <= self._streams.now():
            raise AccessDenied(
                "You are not signed in any more",
                _("The session has ended, or the code was revoked. What was saved is safe."),
                _("Sign in with your code again."),
            )
        return self._identity(round_id, found[0])

    def sign_out(self, token: str) -> None:
        """End a session; an unknown token is let pass."""
        round_id, _dot, secret = token.partition(".")
        hashed = _hash_token(secret)
        with self._streams.reading_sign_in(round_id) as state:
            if hashed not in state.sessions:
                return
        with self._streams.writing_sign_in(round_id) as (_state, writer):
            writer.append("signed_out", "", {"token": hashed})

    def _require(self, identity: Identity) -> str:
        require(identity, Action.RUN_ROUND)
        assert identity.round_id is not None, "a chair is one of a round"
        return identity.round_id

    def _identity(self, round_id: str, holder: Holder) -> Identity:
        role = Role(holder.role)
        return Identity(
            name=holder.name,
            role=role,
            round_id=round_id,
            judge_id=holder.holder if role is Role.JUDGE else None,
            is_practice=round_id.startswith(PRACTICE),
            deputy_id=holder.holder if role is Role.DEPUTY else None,
            region=holder.holder.removeprefix(APPLICANT) if role is Role.APPLICANT else None,
        )

    def _refuse_pause(self, state: SignInState, client: str, device: str) -> None:
        until = state.pace.paused_until(self._streams.now(), client, device)
        if until is not None:
            seconds = int((until - self._streams.now()).total_seconds()) + 1
            raise AccessDenied(
                "Too many wrong codes",
                _("No code is taken from here for {seconds} seconds.").format(seconds=seconds),
                _(
                    "Wait, then type the code again, or sign in from another network. Browsers "
                    "that have signed in before are not held up. Nothing that was saved is lost."
                ),
            )


def prepare(writer: Writer) -> str:
    """Begin the stream of a round's codes; returns their salt."""
    salt = secrets.token_hex(16)
    writer.append("prepared", "", {"salt": salt})
    return salt


def issue(round_id: str, codes: Writer, holder: str, name: str) -> IssuedCode:
    """Draw a code by lot and keep its hash; the holder's former code and sessions end with it.

    Args:
        round_id: the round.
        codes: the stream of the round's codes.
        holder: whose it is; see `IssuedCode.holder`.
        name: his or her name.
    """
    salts = (entry.content["salt"] for entry in codes.entries if entry.kind == "prepared")
    code = "".join(secrets.choice(_ALPHABET) for _place in range(_LENGTH))
    write_code(codes, next(salts, None) or prepare(codes), holder, name, role_of(holder), code)
    half = _LENGTH // 2
    shown = f"{code[:half]}-{code[half:]}"
    return IssuedCode(round_id, round_id.startswith(PRACTICE), holder, name, shown)


def role_of(holder: str) -> Role:
    """What the holder of a code is in the round."""
    if holder == CHAIR:
        return Role.CHAIR
    if holder.startswith(APPLICANT):
        return Role.APPLICANT
    return Role.DEPUTY if holder.startswith("d") else Role.JUDGE


def write_code(writer: Writer, salt: str, holder: str, name: str, role: Role, code: str) -> None:
    """Keep a code's hash; the holder's former code and sessions end with it."""
    content = {"holder": holder, "name": name, "role": role, "code": hash_code(salt, code)}
    writer.append("code_issued", CHAIR, content)


def hash_code(salt: str, code: str) -> str:
    """Slow hash of a code; case, spaces and hyphens do not matter."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hashlib.scrypt(
        plain[:64].encode(), salt=bytes.fromhex(salt), n=_COST, r=8, p=1, maxmem=2**26, dklen=32
    ).hex()


def _mark(round_id: str, whose: str) -> str:
    return hashlib.sha256(f"{round_id}\0{whose}".encode()).hexdigest()[:16]


def _hash_token(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
