"""What a command says of an error."""

import sys

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _


def print_error(error: ClusterReviewError) -> None:
    """Title, message and what to do next."""
    print(f"{_(error.title)}\n{error.message}\n{error.remedy}", file=sys.stderr)
