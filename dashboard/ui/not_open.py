"""What stands in the place of a page, or of a part of one, that its reader may not open."""

from dashboard.access import MATRIX, Action, Role, require
from dashboard.content.pages import Page
from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.identity.claims import OF_ACCOUNTS
from dashboard.render.screen.markdown import heading
from dashboard.render.screen.texts import Toned, draw_box, draw_list
from dashboard.settings import settings
from dashboard.ui.reader import Reader, reader
from dashboard.ui.signing_in import sign_in_button, way_in, who_text

_OF_ROUND = frozenset({Role.JUDGE, Role.CHAIR, Role.DEPUTY, Role.APPLICANT})


def opened(page: Page) -> bool:
    """Whether the reader may open a page; who may not is told so in its place."""
    if page.needs_action is None:
        return True
    try:
        require(reader().identity, page.needs_action)
    except AccessDenied:
        not_open(page.needs_action, page.title())
        return False
    return True


def not_open(action: Action, title: str, about: str = "", reason: str = "") -> None:
    """Draw it: what it is, who may, what the reader is, and how to sign in. It holds no data.

    Args:
        action: what one must be allowed to do.
        title: of the page, as its heading.
        about: what one does there, in a sentence; empty: as the action is called.
        reason: why not, where it is not the role: another region, another round.
    """
    now = reader()
    heading(title, 1)
    draw_box("refused", _("This is not open to you"), reason or _you_are(now), way_in(now))
    sign_in_button(now, f"not-open-{action}")
    draw_list(
        [
            (Toned(_("What this is:"), "strong"), about or _about(action)),
            (Toned(_("Open to:"), "strong"), who_may(action)),
        ],
        "not-open",
        _("About this page"),
    )


def who_may(action: Action) -> str:
    """The roles that may, of those that there are here, in words."""
    sign_in = settings().sign_in
    here = _OF_ROUND.union(OF_ACCOUNTS if settings().has_accounts else ())
    here |= {Role.DESK} if sign_in == "desk" else {Role.VIEWER}
    names = [label("access_role", role) for role in Role if role in here and action in MATRIX[role]]
    return ", ".join(names) or _("nobody at this address; whoever runs the server does it there")


def _you_are(now: Reader) -> str:
    if not (now.identity.account or now.identity.round_id):
        return _("Nobody is signed in.")
    return _("You are here as: {who}.").format(who=who_text(now.identity))


def _about(action: Action) -> str:
    known = {
        Action.HAND_IN: _("A region hands in its own files here, and sees what became of them."),
        Action.READ_RECEIPTS: _("What a region handed in, and what became of it."),
        Action.MANAGE_ACCOUNTS: _("Here it is said which account is what, and sessions are ended."),
        Action.READ_ACCESS_LOG: _(
            "Who signed in, saw exact counts, took files along, handed in and decided."
        ),
    }
    return known.get(action) or label("access_action", action)
