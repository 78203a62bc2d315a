"""The intake as whoever reads may use it."""

from collections.abc import Callable

from dashboard.intake.intake import Intake
from dashboard.settings import settings
from dashboard.ui.reader import reader, reader_later


def intake_now() -> Intake:
    """For who reads now: asked again by what runs later than its page, such as a dialog."""
    return Intake(settings(), reader().identity)


def intake_later() -> Callable[[], Intake]:
    """For files, which are made where no page is drawn: who asks is found out once more then."""
    later = reader_later()
    return lambda: Intake(settings(), later().identity)
