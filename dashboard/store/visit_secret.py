"""The secret of a workspace under which visits have keys, and counts their changes.

Another one in its place would change the same counts a second time, of which one could take the
mean: who counts visits makes the first, who shows counts makes none.
"""

from dashboard.errors import WorkspaceDamaged
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.lake import Lake
from dashboard.store.visit_counts import VISIT_COUNTS
from dashboard.store.workspace_keys import held_key, no_secret, workspace_key


def visits_secret(settings: Settings) -> bytes:
    """The secret for whoever counts visits; made for the first.

    Raises:
        WorkspaceDamaged: it cannot be read, or is gone although visits were counted with it.
    """
    see_to_secret(settings)
    return workspace_key(settings, settings.visits_key)


def known_secret(settings: Settings) -> bytes:
    """The secret for whoever shows counts that have keys.

    Raises:
        WorkspaceDamaged: it cannot be read, or is gone.
    """
    if held_key(settings, settings.visits_key) is None:
        raise _missing(settings)
    return workspace_key(settings, settings.visits_key)


def see_to_secret(settings: Settings) -> None:
    """See that the secret is there if visits were counted with it.

    Raises:
        WorkspaceDamaged: it cannot be read, or is gone.
    """
    if held_key(settings, settings.visits_key) is None:
        counts = Lake(settings).current_rows(VISIT_COUNTS, only={"breakdown": {""}}).to_pylist()
        if any(row.get("visit_key") is not None for row in counts):
            raise _missing(settings)


def _missing(settings: Settings) -> WorkspaceDamaged:
    return no_secret(settings, _("{name} is missing.").format(name=settings.visits_key.name))
