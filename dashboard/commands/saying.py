"""How commands say what they found, and what went wrong."""

import sys
from typing import TYPE_CHECKING

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _

if TYPE_CHECKING:
    from rich.console import Console


def plain_console(width: int = 200) -> "Console":
    """A console on which a text stands as it is: `[b]` is no style in it, `:100:` no sign.

    Args:
        width: letters in a line where no terminal has a width.
    """
    from rich.console import Console  # long to load: who prints JSON needs none

    width_or_own = None if sys.stdout.isatty() else width
    return Console(width=width_or_own, markup=False, emoji=False)


def print_error(error: ClusterReviewError) -> None:
    """Title, message and what to do next."""
    print(f"{_(error.title)}\n{error.message}\n{error.remedy}", file=sys.stderr)
