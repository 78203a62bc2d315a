"""A receipt: what was handed in, what became of it, and where its figures can be seen."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.content.changes import author_text, table_text
from dashboard.content.pages import FIRST, PAGES
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, moment_text, number_text
from dashboard.intake.delivery import Receipt
from dashboard.render.screen.html import draw
from dashboard.render.screen.links import kept_parameters
from dashboard.render.screen.texts import Anchor, Toned, draw_list, draw_text
from dashboard.settings import settings
from dashboard.store.build import FigureChange
from dashboard.store.lake import Lake
from dashboard.ui.handing_in.wording import (
    counts_text,
    rows_text,
    size_text,
)

Link = tuple[str, str]
"""Title and address."""
_LINKS_SHOWN = 6
_PAGES = {
    "observations": ("", "patients", "rankings"),
    "targets": ("",),
    "events": ("events", "map"),
    "event_outcomes": ("events",),
    "event_participants": ("events",),
    "event_programme": ("events",),
    "agreements": ("events",),
    "centres": ("map",),
    "funding_lines": ("funding",),
    "institutions": ("map",),
    "sources": ("sources",),
    "patient_visits": ("patients",),
}
"""Table → addresses of the pages that show it."""


def receipt_facts(receipt: Receipt) -> None:
    """Draw everything that the receipt says, and to whom it does not say all, that it does not."""
    snapshot = snapshot_of(receipt)
    decided = {"accepted": _("Approved"), "rejected": _("Rejected"), "reverted": _("Taken back")}
    facts = [
        (_("Receipt"), receipt.receipt_id),
        (_("State"), label("intake_status", receipt.status)),
        (_("Table"), table_text(receipt.table)),
        (_("Region"), regions_text(receipt)),
        (_("File"), f"{receipt.name} ({size_text(receipt.size)})" if receipt.size else ""),
        (_("Rows"), "" if receipt.row_count is None else rows_text(receipt.row_count)),
        (_("Errors"), number_text(receipt.error_count) if receipt.error_count else ""),
        (_("What it changes"), counts_text(receipt.changes)),
        (_("Handed in by"), ", ".join(filter(None, (author_text(receipt.by), receipt.office)))),
        (_("Received"), moment_text(receipt.received_at)),
        (_("Remark"), receipt.message),
        (
            decided.get(receipt.status, _("Decided by")),
            ", ".join(filter(None, (receipt.decided_by, moment_text(receipt.decided_at)))),
        ),
        (_("Reason"), receipt.reason),
        (_("Batch"), receipt.batch_id),
        (_("Snapshot"), number_text(snapshot) if snapshot else ""),
        ("SHA-256", receipt.digest),
    ]
    draw("event_facts.html", facts=facts)
    if receipt.is_veiled:
        st.caption(
            _(
                "File, rows, findings and what it changes are withheld: they hold exact counts of "
                "patients, or figures of other regions, and are shown to those of the region alone."
            )
        )


def regions_text(receipt: Receipt) -> str:
    """The regions that it touches; of visits that could not be read, none."""
    return ", ".join(label("region", region) for region in receipt.regions if region)


def snapshot_of(receipt: Receipt) -> int | None:
    """The snapshot of the record that its batch made; None without a batch."""
    if not receipt.batch_id:
        return None
    return Lake(settings()).snapshots_of_batches().get(receipt.batch_id)


def pages_links(links: Sequence[Link]) -> None:
    """Ways to the pages that changed, or to the pages as they were."""
    if links:
        draw_list([Anchor(*link) for link in links], "links")


def as_of_links(receipt: Receipt) -> list[Link]:
    """The overview at the snapshot of the receipt's batch, and just before it."""
    snapshot = snapshot_of(receipt)
    if snapshot is None:
        return []
    links = [(_("The pages as of snapshot {snapshot}").format(snapshot=snapshot), snapshot)]
    if snapshot > 1:
        links.append((_("The pages as they were before it"), snapshot - 1))
    return [(title, _address("", {"as_of": str(number)})) for title, number in links]


def changed_pages(table: str, figures: Sequence[FigureChange]) -> list[Link]:
    """The pages that show what a file changed: of the figures' regions and years, or in general.

    Args:
        table: the table that was handed in.
        figures: the settled figures that changed; those of the newest years come first.
    """
    if not figures:
        return [(_title(path), _address(path, {})) for path in _PAGES.get(table, ())]
    cells = sorted(
        {(-figure.year, figure.region) for figure in figures if ";" not in figure.region}
    )
    links = [
        (
            f"{_title('')}: {label('region', region)} {-year}",
            _address("", {"region": region, "year": str(-year)}),
        )
        for year, region in cells[: _LINKS_SHOWN - 2]
    ]
    if cells:
        newest: dict[str, Any] = {"region": cells[0][1], "year": str(-cells[0][0])}
        links += [(_title(path), _address(path, newest)) for path in ("patients", "rankings")]
    return links


def _title(path: str) -> str:
    return PAGES[path or FIRST].title()


def _address(path: str, parameters: dict[str, str]) -> str:
    """An address on this server in the reader's language, at the newest record unless told."""
    kept = {name: value for name, value in kept_parameters().items() if name != "as_of"}
    return f"{path or './'}?{urlencode(kept | {'lang': language()} | parameters)}"


def show_done(receipt: Receipt, links: Sequence[Link], key: str) -> None:
    """Draw what became of a file that was just handed in.

    Args:
        receipt: its receipt.
        links: ways to the pages that changed.
        key: tells the box from others on the page.
    """
    with st.container(border=True, key=f"cr-handing-in-{key}"):
        title = Toned(label("intake_status", receipt.status), "strong")
        draw_text(title, f"done cr-state-{receipt.status}", role="status")
        receipt_facts(receipt)
        if receipt.status == "accepted":
            pages_links([*links, *as_of_links(receipt)])
