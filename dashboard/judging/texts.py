"""Sentences that stand wherever a round is shown: screen, sheet, file."""

from dashboard.i18n import gettext as _


def practice_warning() -> str:
    """Stands on every screen, sheet and file of a practice round."""
    return _("Practice round: the judges and all scores are invented, and nothing of it counts.")


def weights_note() -> str:
    """Stands beside criteria whose points are not published."""
    return _("Points were not published; equal weights are assumed.")
