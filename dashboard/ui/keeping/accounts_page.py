"""The page on which it is said which account is what, and sessions are ended."""

from typing import Any

import streamlit as st

from dashboard.access import Action, may
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text, number_text
from dashboard.identity.account_state import Account
from dashboard.identity.accounts import open_accounts
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.keeping.account_form import account_form, listed_account
from dashboard.ui.keeping.messages import say_what_was_done
from dashboard.ui.keeping.sessions import sessions_section
from dashboard.ui.keeping.viewing import choose_role_to_view
from dashboard.ui.reader import reader
from dashboard.ui.signing_in import standing_text


def page(record: Record, _asked: dict[str, Any]) -> None:
    """Draw the page."""
    identity = reader().identity
    accounts = open_accounts(settings()).all(identity)
    sessions = open_accounts(settings()).sessions(identity)
    st.markdown("# " + _("Accounts"))
    st.caption(_how_it_counts())
    say_what_was_done()
    regions = [row["region"] for row in record.ask("regions").rows]
    st.markdown("## " + _("List of accounts ({count})").format(count=number_text(len(accounts))))
    if accounts:
        _table(accounts)
        listed_account(accounts, identity.account)
    else:
        draw_text(
            _("No account is on the list. Begin with the account of an administrator."), "weak"
        )
    account_form(regions)
    sessions_section(sessions, accounts)
    if may(identity, Action.VIEW_AS):
        choose_role_to_view(regions)


def _how_it_counts() -> str:
    listed = _(
        "What an account is here, stands on this list; it goes before the groups of the sign-in, "
        "and a change counts at once. Whoever is in neither is a viewer."
    )
    if settings().has_accounts:
        return listed
    return f"{listed} " + _(
        "Here nobody signs in with an account yet: the list counts as soon as the server lets "
        "accounts sign in."
    )


def _table(accounts: list[Account]) -> None:
    draw_table(
        [_("Account"), _("Role"), Heading(_("Since"), "date"), _("By")],
        [
            [
                [one.account, Toned(one.name)],
                standing_text(one.standing.role, one.standing.region),
                StyledCell(moment_text(one.granted_at), order=one.granted_at),
                label("access_role", one.granted_by),
            ]
            for one in accounts
        ],
        "",
        key="accounts",
        label=_("List of accounts"),
    )
