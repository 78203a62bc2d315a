"""The judging of one workspace: what its parts share, opened together.

Everything is an entry of a stream of the ledger, and what a round is follows from its entries.
Every function that reads scores takes the identity of the reader and holds it to `access` and to
the state of the round: there is none that hands out sheets to whoever asks. The ledger itself is a
file of the server, and whoever administers the server can read it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from dashboard.judging.logs_for_others import LogsForOthers
from dashboard.judging.people import People
from dashboard.judging.practice import Practice
from dashboard.judging.recovery import Recovery
from dashboard.judging.results import Results
from dashboard.judging.rounds import Rounds
from dashboard.judging.second_person import Proposals
from dashboard.judging.sheets import Sheets
from dashboard.judging.sign_in import Sessions
from dashboard.judging.streams import Streams
from dashboard.settings import Settings
from dashboard.store.ledger import Ledger, utc_now


class Judging:
    """Rounds, sessions, sheets and results over one ledger, for all threads of a process.

    Every method of the parts raises `AccessDenied` where the identity may not do or see it,
    `UsageError` where a round, judge, applicant or criterion does not exist, and `JudgingRefused`
    where the state of the round or the value given does not allow it.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = utc_now) -> None:
        self.streams = streams = Streams(Ledger(settings, clock), clock)
        self.sessions = Sessions(streams)
        self.rounds = Rounds(streams)
        self.sheets = Sheets(streams)
        self.results = Results(streams)
        self.proposals = Proposals(streams)
        self.people = People(streams)
        self.recovery = Recovery(streams)
        self.practice = Practice(streams)
        self.for_others = LogsForOthers(streams)


@cache
def open_judging(settings: Settings) -> Judging:
    """The judging of a workspace, shared by all who ask in this process."""
    return Judging(settings)
