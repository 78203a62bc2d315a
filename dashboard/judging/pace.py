"""How fast codes may be tried, so that none is guessed and nobody is shut out by others.

A wrong code does not say whose code was meant: the code alone is who one is. A limit a judge would
need a name typed beside it, and then whoever knows the name could shut that judge out by typing
rubbish. A stop for the whole round is worse: thirty wrong codes from anywhere would end the
sitting. Hence no failure of one client ever stops another one, and there is no total after which
the round is closed.

None is needed against guessing. A code has 49 bits. Each check costs a slow hash, and the server
computes no more than a few at once, some 40 a second: over a round of twelve days that is
4 · 10^7 guesses, against 20 codes one chance in a million, with every hash the machine can compute
and from as many addresses as one likes. What a total limit would add to that, it would take from
the judges.

What is held up is one client that goes on failing, and only as long as it does:

- A browser that has signed in to this round before has a mark of its own (a device cookie, as OWASP
  describes it). It is counted by itself, and nothing that others behind the same address do
  touches it. Having failed ten times within ten minutes it counts as any other client.
- All others are counted by address. Thirty failures within ten minutes are free, since a whole
  panel may sit behind one address and mistype. After that a pause follows each failure: two
  seconds, doubled with every fifth further one up to a minute.

Left open: somebody who tries codes without pause from the very address of the panel holds up those
there who have not signed in yet. They come in from any other network, such as a telephone's.
"""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
"""Failures older than this no longer count."""
FREE_OF_ADDRESS = 30
FREE_OF_DEVICE = 10
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=1)
_DOUBLED_AFTER = 5
"""Failures with the same pause."""


class Pace:
    """Failures of the last minutes and the browsers that are known, of one round."""

    def __init__(self) -> None:
        self._failures: list[tuple[datetime, str]] = []
        """When, and by which address or device it counts."""
        self._devices: set[str] = set()

    def failed(self, at: datetime, client: str, device: str) -> None:
        """Note a wrong code."""
        counted = self._counted_by(at, client, device)
        self._failures = [kept for kept in self._failures if at - kept[0] <= WINDOW]
        self._failures.append((at, counted))

    def signed_in(self, device: str) -> None:
        """Know the browser from now on; empty: it has no mark."""
        if device:
            self._devices.add(device)

    def paused_until(self, now: datetime, client: str, device: str) -> datetime | None:
        """Until when no code is taken from this client; None: it is taken now."""
        counted = self._counted_by(now, client, device)
        if counted == device:
            return None
        own = self._of(now, counted)
        if len(own) < FREE_OF_ADDRESS:
            return None
        doubled = (len(own) - FREE_OF_ADDRESS) // _DOUBLED_AFTER
        until = own[-1] + min(_FIRST_PAUSE * 2 ** min(doubled, 9), _LONGEST_PAUSE)
        return until if until > now else None

    def _counted_by(self, now: datetime, client: str, device: str) -> str:
        is_known = device in self._devices and len(self._of(now, device)) < FREE_OF_DEVICE
        return device if is_known else client

    def _of(self, now: datetime, counted: str) -> list[datetime]:
        return [at for at, by in self._failures if by == counted and now - at <= WINDOW]
