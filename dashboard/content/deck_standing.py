"""The place of a region among all on two slides: by itself with its proof, and between its next."""

from dataclasses import replace

from dashboard.content.document import Block, Peer, Section
from dashboard.content.figure_charts import standing_chart
from dashboard.content.figures import key_figures
from dashboard.content.findings import place_clause
from dashboard.content.proofs import bound_paragraphs
from dashboard.content.query_context import QueryContext, Rows
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, sentence_figure
from dashboard.i18n.particles import with_particles
from dashboard.kpi import PATIENTS, Reading


def standing_slides(context: QueryContext, region: str, year: int) -> list[Section]:
    """The place, large, with what proves it and a dot for each region; then the bars of all.

    Nothing where no region has a figure of the year.
    """
    chart = standing_chart(context, context.metric(PATIENTS), region, year)
    if not chart.categories:
        return []
    rows = context.rows("ranking", metric=PATIENTS, year=year)
    place = context.reading(context.metric("foreign_patients_rank"), region, year)
    figures = key_figures(context, [place])
    peers = _peers(rows, region, place)
    if peers:
        figures = replace(figures, figures=(replace(figures.figures[0], peers=peers),))
    proofs = bound_paragraphs(context.record, region, year, context.build)
    blocks: tuple[Block, ...] = (figures, *proofs)
    between = neighbours_finding(region, year, rows)
    bars = replace(chart, title=between, alt=f"{between}. {chart.alt}")
    title = chart.title
    if place.bound is not None and not any(row["region"] == region for row in rows):
        # Without a figure, what else is printed may still leave it some places only.
        said = _("{region} {year}: {value}").format(
            region=label("region", region), year=year, value=place_clause(place.bound)
        )
        title = said if place_clause(place.bound) else title
    return [Section(title, blocks), Section(between, (bars,))]


def _peers(rows: Rows, region: str, place: Reading) -> tuple[Peer, ...]:
    """All regions, those with a figure first; nothing where it is not known how many there are."""
    if place.bound is None:
        return ()
    known = [Peer(label("region", row["region"]), row["region"] == region) for row in rows]
    others = max(place.bound["region_count"] - len(known), 0)
    is_among = any(peer.is_subject for peer in known)
    name = "" if is_among else label("region", region)
    unknown = [
        Peer(name if first else "", first and not is_among, is_known=False)
        for first in (number == 0 for number in range(others))
    ]
    return (*known, *unknown)


def neighbours_finding(region: str, year: int, rows: Rows) -> str:
    """Between which others with a figure a region stands; of one without, how many have one.

    The rows are of `ranking` and not empty.
    """
    said = {"region": label("region", region), "year": year, "count": len(rows)}
    at = next((at for at, row in enumerate(rows) if row["region"] == region), None)
    if at is None or len(rows) == 1:
        return ngettext(
            "Foreign patients {year}: {count} region with a figure",
            "Foreign patients {year}: {count} regions with a figure",
            len(rows),
        ).format(**said)
    said["value"] = sentence_figure(rows[at])
    above, below = rows[:at][-1:], rows[at + 1 : at + 2]
    for name, found in (("above", above), ("below", below)):
        for row in found:
            said[name] = f"{label('region', row['region'])} {sentence_figure(row)}"
    pattern = _(
        "{region} {year}: {value}, between {above} and {below} among {count} regions with a figure"
    )
    if not above:
        pattern = _("{region} {year}: {value}, before {below} among {count} regions with a figure")
    elif not below:
        pattern = _("{region} {year}: {value}, behind {above} among {count} regions with a figure")
    return with_particles(pattern.format(**said))
