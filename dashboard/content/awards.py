"""Awards over the years, each by itself: with its amount, or as one without published amount."""

from collections import defaultdict
from typing import Literal

from dashboard.content.document import Cell, Dot, DotChart, Paragraph
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import Form, figure_range, superlative
from dashboard.i18n import figure_text, label, ngettext, record_text, short_amount_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import flagged, is_doubtful
from dashboard.i18n.figures import is_rounded

AwardState = Literal["firm", "unsure", "other amount", "not published", "not selected", "call"]
_WITH_AMOUNT = ("firm", "unsure", "other amount")


def money_text(row: Row, column: str = "grant_krw", of: str | None = None) -> str:
    """Won of a row without rounding up, with their marks as `figure_text` sets them."""
    return figure_text(row, column, "krw", of=of, digits=4)


def awards_chart(rows: Rows, subject: str | None) -> DotChart:
    """Dots of a row or more of `funding_awards`, by programme, or by region without a subject."""
    lanes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lanes[_lane(row, subject)].append(row)
    ordered = sorted(lanes, key=lambda name: (min(row["year"] for row in lanes[name]), name))
    if subject is None:
        ordered = sorted(lanes, key=lambda name: (-len(lanes[name]), name))
    title = _finding(rows)
    return DotChart(
        title,
        "",
        tuple(ordered),
        tuple(_dot(row, name) for name in ordered for row in lanes[name]),
        f"{title}. {'; '.join(map(describe, rows))}",
        _(
            "A dot is an award or a result, the greater the more was granted; a line is the "
            "announced further years of the term, which are not counted."
        ),
    )


def _dot(row: Row, lane: str) -> Dot:
    state = _state(row)
    last = row["year_end"] or row["year"]
    return Dot(
        lane,
        str(row["year"]),
        describe(row),
        _cell(row, state),
        state in ("firm", "unsure", "not published"),
        str(last) if row["outcome"] == "selected" and last > row["year"] else None,
    )


def _cell(row: Row, state: str) -> Cell:
    """The amount; what it is where it is not counted, and the words where there is none."""
    sources = tuple(row["source_ids"])
    if state not in _WITH_AMOUNT:
        return Cell(label("award_state", state), None, None, sources)
    text = short_amount_text(row["grant_krw"])
    if state == "other amount":
        text = f"{text} ({label('agreement', 'dissent')})"
    return Cell(text, row["grant_krw"], row["evidence"], sources)


def _lane(row: Row, subject: str | None) -> str:
    region = label("region", row["region"]) if row["region"] else _("regions not known")
    if subject is None:
        return region
    programme = label("programme", row["programme_id"])
    if row["is_joint"]:
        return _("{programme} (joint: {regions})").format(programme=programme, regions=region)
    return programme


def _state(row: Row) -> AwardState:
    if row["outcome"] is None or row["region"] is None:
        return "call"
    if row["outcome"] != "selected":
        return "not selected"
    if row["grant_krw"] is None:
        return "not published"
    if not row["is_settled"]:
        return "other amount"
    return "unsure" if is_doubtful(row["evidence"]) else "firm"


def describe(row: Row) -> str:
    """An award in words: year, region, programme, result and amount."""
    region = label("region", row["region"]) if row["region"] else _("regions not known")
    if row["area"]:
        region = f"{region} {record_text(row['area'])}"
    parts = [f"{row['year']} {region}", label("programme", row["programme_id"])]
    if row["is_joint"]:
        parts.append(_("joint"))
    state = _state(row)
    if state in _WITH_AMOUNT:
        parts.append(money_text(row))
        if state != "firm":
            parts.append(label("evidence", row["evidence"]))
    if state != "firm":
        parts.append(label("award_state", state))
    if row["year_end"]:
        parts.append(_("term to {year}, amount per year").format(year=row["year_end"]))
    return ", ".join(parts)


def contradictions(rows: Rows) -> tuple[Paragraph, ...]:
    """Which amounts of `funding_awards` contradict each other and which one counts, in words."""
    found = []
    for row in rows:
        if row["grant_krw"] is None or row["is_settled"]:
            continue
        # Of contradicting amounts, the settling rule has always chosen one.
        counted = next(
            other
            for other in rows
            if other["is_settled"]
            and (other["year"], other["region"], other["programme_id"], other["area"])
            == (row["year"], row["region"], row["programme_id"], row["area"])
        )
        text = _(
            "{year} {region}: {amount} and {other} are both printed. {amount} is counted by the "
            "settling rule; the two are never added."
        ).format(
            year=row["year"],
            region=label("region", row["region"]),
            amount=money_text(counted),
            other=money_text(row),
        )
        found.append(Paragraph(text, (*counted["source_ids"], *row["source_ids"])))
    return tuple(found)


def _finding(rows: Rows) -> str:
    """The greatest published amount, as far as rounded ones allow; or that none is published."""
    known = [row for row in rows if _state(row) in ("firm", "unsure")]
    if not known:
        return _("No amount of these results was published")
    found = superlative([figure_range(row["grant_krw"], is_rounded(row)) for row in known], None)
    if found.form is Form.NOTHING and len(known) > 1:
        return ngettext(
            "{count} award with a published amount",
            "{count} awards with a published amount",
            len(known),
        ).format(count=len(known))
    greatest = known[found.places[0]] if found.places else known[0]
    same = len(found.places)
    amount = flagged(money_text(greatest), greatest["evidence"])
    if same > 1:
        return _(
            "The greatest published amount is {amount} a year, printed for {count} awards"
        ).format(amount=amount, count=same)
    pattern = (
        _("The published amount is {amount} a year: {year}, {region}, {programme}")
        if len(known) == 1
        else _("The greatest published amount is {amount} a year: {year}, {region}, {programme}")
    )
    return pattern.format(
        amount=amount,
        year=greatest["year"],
        region=label("region", greatest["region"]),
        programme=label("programme", greatest["programme_id"]),
    )
