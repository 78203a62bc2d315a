"""All checks, in the order in which one would mend what they find."""

from collections.abc import Callable, Iterator

from dashboard.checkup import accounts, installation, server, workspace
from dashboard.checkup.found import Examined, Found, mend
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _

CHECKS: tuple[Callable[[Examined], Found], ...] = (
    installation.python_version,
    installation.packages,
    installation.extensions,
    installation.fonts,
    workspace.workspace,
    workspace.rights,
    workspace.writable,
    workspace.disk,
    workspace.shared,
    workspace.keys,
    workspace.ledger,
    workspace.lake,
    workspace.receipts,
    workspace.build,
    workspace.regions,
    workspace.clock,
    workspace.backup,
    accounts.sign_in,
    accounts.administrators,
    server.proxies,
    server.port,
)
"""Each one's name is the name of its finding."""


def examine(examined: Examined) -> Iterator[tuple[str, Found]]:
    """Carry out every check; one that cannot be carried out is a finding, too."""
    for check in CHECKS:
        try:
            found = check(examined)
        except ClusterReviewError as error:
            found = mend(f"{_(error.title)}: {error.message}", error.remedy)
        except Exception as error:  # a broken installation raises anything
            found = mend(
                f"{type(error).__name__}: {error}",
                _("Mend what is named, or install the program anew."),
            )
        yield check.__name__, found
