"""Where an account is put on the list, changed, and taken off."""

from collections.abc import Sequence

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.identity.account_state import Account
from dashboard.identity.accounts import open_accounts, withdrawal_said
from dashboard.identity.claims import OF_ACCOUNTS, account_name
from dashboard.render.screen.texts import draw_text
from dashboard.settings import settings
from dashboard.ui.keeping.messages import doing
from dashboard.ui.keeping.standing_choice import choose_standing, chosen_standing, fill_standing
from dashboard.ui.reader import reader
from dashboard.ui.signing_in import standing_text

_KEY = "keeping"
_ACCOUNT, _NAME, _LISTED = "keeping-account", "keeping-name", "keeping-listed"


def account_form(regions: Sequence[str]) -> None:
    """Draw the form; an account that is on the list already is changed by it."""
    st.markdown("## " + _("Add or change an account"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-keeping-form"):
        st.text_input(
            _("Account, as the sign-in names it"),
            key=_ACCOUNT,
            max_chars=200,
            autocomplete="off",
            width=280,
        )
        st.text_input(_("Name (optional)"), key=_NAME, max_chars=80, autocomplete="off", width=200)
        choose_standing(_KEY, (_("Role"), _("Region")), OF_ACCOUNTS, regions)
        st.button(_("Save the account"), key="keeping-save", type="primary", on_click=_grant)


def listed_account(accounts: Sequence[Account], own: str) -> None:
    """Draw the choice of an account of the list, and what can be done with it."""
    by_name = {one.account: one for one in accounts}
    if st.session_state.get(_LISTED) not in by_name:
        st.session_state.pop(_LISTED, None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("An account of the list"),
            list(by_name),
            index=None,
            key=_LISTED,
            placeholder=_("Choose"),
            width=360,
        )
        if chosen is None:
            return
        st.button(
            _("Change it below"), key="keeping-change", on_click=_fill, args=(by_name[chosen],)
        )
        st.button(_("End its sessions"), key="keeping-end", on_click=_end, args=(chosen,))
        if chosen == own:
            draw_text(_("What your own account is, another administrator says."), "weak")
            return
        with st.popover(_("Take it off the list")):
            draw_text(
                _(
                    "{account} is a viewer from then on, also where its groups say otherwise, and "
                    "its sessions end. It can be put on the list again."
                ).format(account=chosen)
            )
            st.button(_("Take it off"), key="keeping-withdraw", on_click=_withdraw, args=(chosen,))


def _grant() -> None:
    account, chosen = st.session_state[_ACCOUNT] or "", chosen_standing(_KEY)
    done = _("{account} is: {standing}.").format(
        account=account_name(account.strip()),
        standing=standing_text(chosen.role, chosen.region),
    )
    with doing(done):
        name = st.session_state[_NAME] or ""
        role = f"{chosen.role} {chosen.region or ''}"
        open_accounts(settings()).grant(reader().identity, account, role, name)
        st.session_state[_ACCOUNT] = st.session_state[_NAME] = ""


def _fill(account: Account) -> None:
    """Put what the list says into the form."""
    st.session_state[_ACCOUNT], st.session_state[_NAME] = account.account, account.name
    fill_standing(_KEY, account.standing)


def _end(account: str) -> None:
    with doing(_("Every session of {account} has ended.").format(account=account)):
        open_accounts(settings()).end_sessions(reader().identity, account)


def _withdraw(account: str) -> None:
    with doing(withdrawal_said(account)):
        open_accounts(settings()).withdraw(reader().identity, account)
