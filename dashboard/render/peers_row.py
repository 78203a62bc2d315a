"""A rank as a row of dots on a slide: a dot for each region, the one in question in the accent."""

from collections.abc import Sequence

from dashboard.content.document import Peer
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext

DOT = 36.0
"""Points across a dot, as large as a row of seventeen leaves room for."""


def dot_places(count: int, width: float) -> list[tuple[float, float]]:
    """Left edge and width of each of so many dots in a row of a width, all in points."""
    step = width / max(count, 1)
    size = min(DOT, step * 0.8)
    return [(step * at + (step - size) / 2, size) for at in range(count)]


def peers_text(peers: Sequence[Peer]) -> str:
    """The names under the dots in their order, and how many have no figure."""
    names = [peer.name for peer in peers if peer.is_known]
    rest = sum(not peer.is_known for peer in peers)
    said = " · ".join(names)
    if not rest:
        return said
    without = ngettext(
        "{count} region without a figure", "{count} regions without a figure", rest
    ).format(count=rest)
    subject = next((peer.name for peer in peers if peer.is_subject and not peer.is_known), "")
    if subject:
        without = _("{others}, {region} among them").format(others=without, region=subject)
    return _("{names}, and {others}").format(names=said, others=without) if said else without
