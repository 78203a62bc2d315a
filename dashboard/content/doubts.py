"""What is contested, weak or missing, and what is to be asked about it."""

from collections.abc import Iterable, Sequence

from dashboard.content.cells import date_cell
from dashboard.content.document import Block, Cell, Paragraph, Points, Table
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.readings import known_sentence, value_text
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import figure_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_contested, weaknesses
from dashboard.kpi import Reading


def name_of(reading: Reading) -> str:
    """Name and year of a reading."""
    return _("{name} {year}").format(name=reading.name, year=reading.year)


def claims_of(context: QueryContext, reading: Reading) -> Rows:
    """Every claim behind a reading that is a figure; none behind a computed one."""
    if reading.metric.question != "figure" or reading.metric.column != "value":
        return ()
    return context.rows(
        "claims",
        metric=reading.metric.params["metric"],
        region=reading.region,
        year=reading.year,
    )


def contested(
    context: QueryContext, readings: Iterable[Reading]
) -> list[tuple[Reading, list[Row]]]:
    """Readings with the claims that contradict them; those that nobody contradicts are left out."""
    found = []
    for reading in readings:
        claims = claims_of(context, reading) if _can_be_contradicted(reading) else ()
        dissent = [claim for claim in claims if claim["agreement"] == "dissent"]
        if dissent or is_contested(reading.evidence):
            found.append((reading, dissent))
    return found


def _can_be_contradicted(reading: Reading) -> bool:
    """Whether claims about it may differ: the figure says so, or there are items and no figure."""
    row = reading.row or {}
    has_items_alone = reading.value is None and not reading.metric.additive
    return has_items_alone or bool(row.get("dissent_count")) or is_contested(reading.evidence)


def contested_points(context: QueryContext, readings: Sequence[Reading]) -> list[Paragraph]:
    """One question per contested figure: what was settled on, and what is printed too."""
    points = []
    for reading, dissent in contested(context, readings):
        others = dict.fromkeys(figure_text(claim) for claim in dissent)
        sources = dict.fromkeys(claim["source_id"] for claim in dissent)
        points.append(
            Paragraph(
                _("{name}: {value} was settled on; also printed: {others}").format(
                    name=name_of(reading),
                    value=value_text(reading),
                    others=", ".join(others) or label("evidence", "no data"),
                ),
                tuple(sources),
                "question",
            )
        )
    return points


def weak_points(readings: Sequence[Reading]) -> list[Paragraph]:
    """Figures that rest on one source, on rounded claims, or on none, each kind in one sentence."""
    points = []
    for evidence, pattern in weaknesses().items():
        names = [
            name_of(reading)
            for reading in readings
            if (evidence == "no data" if is_missing(reading) else reading.evidence == evidence)
        ]
        if names:
            text = pattern.format(names=", ".join(names))
            points.append(Paragraph(text, (), "question"))
    return points


def is_missing(reading: Reading) -> bool:
    """Whether nothing tells at least how much it is: also where others leave only so many."""
    return reading.value is None and not (reading.bound or {}).get("low")


def dispute_points(context: QueryContext, source_ids: Iterable[str]) -> list[Paragraph]:
    """Statements of these sources that do not agree, with how they are to be read."""
    named = set(source_ids)
    return [
        dispute_point(row)
        for row in context.rows("disputes")
        if not named.isdisjoint(row["source_ids"])
    ]


def dispute_point(row: Row) -> Paragraph:
    """A disagreement of sources, with how it is to be read."""
    sides = [record_text(row[side]) for side in ("statement_a", "statement_b") if row[side]]
    text = f"{record_text(row['subject'])}: {' ↔ '.join(sides)}"
    if row["reading"]:
        text += f" ({record_text(row['reading'])})"
    return Paragraph(text, tuple(row["source_ids"]), "question")


def claims_table(context: QueryContext, reading: Reading) -> Table:
    """Every claim about a figure, the settled one first."""
    return table_of(
        name_of(reading),
        claims_of(context, reading),
        claim_columns(),
        figures=("value",),
        asides=("note",),
        question="claims",
        asked={
            "metric": reading.metric.params.get("metric"),
            "region": reading.region,
            "year": reading.year,
        },
    )


def claim_columns() -> Columns[Row]:
    """A claim of a source: value, how it relates to the settled one, and who says it."""
    return {
        "value": _claimed,
        "agreement": lambda claim: label("agreement", claim["agreement"]),
        "publisher": lambda claim: record_text(claim["publisher"]),
        "tier": lambda claim: label("tier", claim["tier"]),
        "published_on": lambda claim: date_cell(claim["published_on"]),
        "note": lambda claim: record_text(claim["note"]),
    }


def _claimed(claim: Row) -> Cell:
    evidence = "approximate" if claim["approximate"] else None
    return Cell(figure_text(claim), claim["value"], evidence, (claim["source_id"],))


def known_points(context: QueryContext, region: str, year: int) -> tuple[Block, ...]:
    """What is known of the patients of a year without a settled figure; nothing where one is."""
    rows = context.answer("known_instead", region=region, year=year).rows
    items = tuple(
        Paragraph(
            " · ".join(text for text in (known_sentence(row), record_text(row["note"])) if text),
            tuple(row["source_ids"]),
        )
        for row in rows
    )
    return (Paragraph(_("What is known instead")), Points(items)) if items else ()
