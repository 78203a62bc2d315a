"""The result and the sheets as files, for those who may read them when the file is made."""

from collections.abc import Callable

from dashboard.access import Action, Identity, may
from dashboard.content.compose import compose_panel, draft_panel, freeze_panel
from dashboard.content.panel import PanelView, panel_view
from dashboard.content.panel_sheets import SHEETS, SheetsView, sheets_view
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.store.editions import Edition, Editions
from dashboard.ui.export_panel import Savable
from dashboard.ui.reader import Reader, reader_later
from dashboard.ui.review_room.signed_in import judging


def savable_result(record: Record, now: Reader, seen: PanelView) -> Savable:
    """The panel's report, as far as the reader may see the result."""
    round_id = seen.result.round.round_id
    version = seen.result.number if seen.is_replaced else None
    return Savable(
        seen.kind,
        (seen.kind, *seen.parameters.values(), record.current().build_id),
        f"{seen.kind}-{round_id}" + (f"-v{version}" if version else ""),
        _maker(record, lambda identity: panel_view(judging(), identity, round_id, version)),
        seen.parameters,
        _("Panel report"),
        now.identity.name,
        has_link=False,
    )


def savable_sheets(record: Record, now: Reader, judge_id: str, name: str) -> Savable:
    """The score sheets of one judge, to be signed."""
    return Savable(
        SHEETS,
        (SHEETS, now.identity.round_id, judge_id, record.current().build_id),
        f"{SHEETS}-{now.identity.round_id}-{judge_id}",
        _maker(record, lambda identity: sheets_view(judging(), identity, judge_id)),
        {"round": now.identity.round_id, "judge": judge_id},
        _("Score sheets for signing: {judge}").format(judge=name),
        now.identity.name,
        has_link=False,
    )


def _maker(
    record: Record, view_for: Callable[[Identity], PanelView | SheetsView]
) -> Callable[[str, str], tuple[Edition | None, Report]]:
    """Makes the file from what the reader may see then: a code that was revoked ends it."""
    later = reader_later()

    def make(code: str, who: str) -> tuple[Edition | None, Report]:
        identity = later().identity
        view = view_for(identity)
        if not may(identity, Action.PUBLISH_EDITION):
            return None, draft_panel(record, view, code, who)
        edition = freeze_panel(record, Editions(settings()), view, code, who, identity=identity)
        return edition, compose_panel(record, edition, view)

    return make
