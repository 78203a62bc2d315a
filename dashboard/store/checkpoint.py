"""Signed checkpoints: what logs said at a moment, under a key that is in none of them.

Whoever can write the ledger but not read the key can rebuild a chain, and not its signature.
Whoever has both can rebuild both: that only a digest kept elsewhere tells.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboard.errors import LedgerBroken
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.key_file import read_key
from dashboard.store.workspace_keys import workspace_key


class Head(NamedTuple):
    """The end of a log."""

    number: int
    """How many entries it has."""
    digest: str
    """Digest of the last one."""


class Checkpoints:
    """Signs what logs say, and tells whether a signature is this workspace's."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._file = settings.ledger_key

    def sign(self, heads: Mapping[str, Head]) -> dict[str, Any]:
        """A checkpoint of logs as they end now, ready for JSON. Only for whoever holds a stream.

        The signature is HMAC-SHA256 (RFC 2104) over the heads as JSON, keys in order, no spaces.
        The key, 32 bytes drawn by lot, is made at the first signature, for its owner alone.

        Args:
            heads: stream → its end.
        """
        self._key()  # a file that holds none is said in words
        key = workspace_key(self._settings, self._file)
        written = {stream: list(head) for stream, head in heads.items()}
        return {"heads": written, "key": _name(key), "signature": _signature(key, written)}

    def check(self, checkpoint: Mapping[str, Any]) -> None:
        """Refuse a checkpoint that this workspace did not sign.

        Raises:
            LedgerBroken: the signature is not that of its heads, or its key is not here.
        """
        key = self._key()
        if key is None or _name(key) != checkpoint["key"]:
            raise LedgerBroken(
                "The signature of the log cannot be checked",
                _("The key {name} with which it was signed is not in {file}.").format(
                    name=checkpoint["key"], file=self._file.name
                ),
                _("Put the key file back from the backup, or compare with a printed head: --head."),
            )
        if not hmac.compare_digest(_signature(key, checkpoint["heads"]), checkpoint["signature"]):
            raise LedgerBroken(
                "The log was tampered with",
                _("A checkpoint was signed by somebody without the key file."),
                backup_remedy(),
            )

    def _key(self) -> bytes | None:
        try:
            return read_key(self._file)
        except ValueError as error:
            raise LedgerBroken(
                "The signature of the log cannot be checked",
                _("{file} is no key any more.").format(file=self._file.name),
                _("Put the key file back from the backup, or compare with a printed head: --head."),
            ) from error


def backup_remedy() -> str:
    """What to do when a log does not hold."""
    return _("Compare the workspace with its backup. Do not sign anything off until then.")


def _name(key: bytes) -> str:
    """Tells keys apart and gives none of them away."""
    return hashlib.sha256(key).hexdigest()[:12]


def _signature(key: bytes, heads: Mapping[str, Any]) -> str:
    text = json.dumps(heads, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
