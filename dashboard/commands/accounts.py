"""Commands of accounts: who is what, and whose sessions end. The first administrator is made so."""

from typing import Literal

from cyclopts import App
from rich.table import Table

from dashboard.access import DESK
from dashboard.commands.saying import plain_console
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.identity.accounts import open_accounts, withdrawal_said
from dashboard.settings import settings

app = App(name="accounts", help="Accounts: who is what here, and whose sessions end.")


@app.command(name="list")
def list_accounts() -> int:
    """List the accounts with their role and region, since when and by whom."""
    table = Table("account", "role", "region", "name", "since", "by")
    for one in open_accounts(settings()).all(DESK):
        table.add_row(
            one.account,
            one.standing.role,
            one.standing.region or "",
            one.name,
            moment_text(one.granted_at),
            one.granted_by,
        )
    plain_console().print(table)
    return 0


@app.command
def grant(
    account: str,
    role: Literal["official", "approver", "administrator", "auditor"],
    /,
    *,
    region: str = "",
    name: str = "",
) -> int:
    """Put an account on the list, or change what it is; it counts at once.

    Args:
        account: as the sign-in names it, such as an e-mail address.
        role: what it is here.
        region: of an official or approver, such as KR-27; KR is the ministry.
        name: of the person, for the list.
    """
    found = open_accounts(settings()).grant(DESK, account, f"{role} {region}", name)
    of = label("region", found.standing.region) if found.standing.region else ""
    role_name = label("access_role", found.standing.role)
    print(f"{found.account}: {' · '.join(filter(None, (role_name, of)))}")
    return 0


@app.command
def withdraw(account: str, /) -> int:
    """Take an account off the list: it is a viewer, whatever groups it is in; its sessions end.

    Args:
        account: as the list names it.
    """
    open_accounts(settings()).withdraw(DESK, account)
    print(withdrawal_said(account))
    return 0


@app.command
def end_sessions(account: str, /) -> int:
    """End every session of an account; it may sign in again.

    Args:
        account: as the list names it.
    """
    open_accounts(settings()).end_sessions(DESK, account)
    print(_("Every session of {account} has ended.").format(account=account))
    return 0
