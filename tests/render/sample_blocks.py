"""A small block of every kind, each with words of its own."""

from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    Dot,
    DotChart,
    KeyFigure,
    KeyFigures,
    MapBlock,
    Paragraph,
    Place,
    Points,
    Section,
    Series,
    Table,
)
from dashboard.content.report import Report, Source, Stamp


def persons(value, evidence="settled"):
    return Cell(f"{value:,} persons", value, evidence, ("moh",))


def ranked(value, evidence="settled"):
    return Cell(f"rank {value}", value, evidence, ("moh",))


def share(value, evidence="settled"):
    return Cell(f"{value}%", value, evidence, ("moh",))


MISSING = Cell("no data", None, "no data")
GAP = Cell("")
BLOCKS = {
    "table": Table(
        "Table of patients",
        (Column("region", "Region"), Column("value", "Patients", is_figure=True)),
        ((Cell("Daegu", "Daegu"), persons(31183, "contested")),),
        note="How the table is read",
    ),
    "shaded": Table(
        "From few to many",
        tuple(Column(f"y{n}", f"{2015 + n}", is_figure=True) for n in range(5)),
        (tuple(Cell(f"{n * 11}", n * 11, "counted", shade=n) for n in range(5)),),
    ),
    "figures": KeyFigures(
        (
            KeyFigure(
                "Foreign patients",
                persons(31183, "contested"),
                change="up by 10.0%",
                target="103.9% of the goal",
                note="since 2018",
                evidence="◆ contested · printed by 2",
            ),
        )
    ),
    "line": ChartBlock(
        "line",
        "Daegu rose to its peak",
        "persons",
        ("2018", "2019"),
        (Series("Daegu", (persons(17745), persons(31183, "contested")), True),),
        "In words: 17,745 then 31,183",
    ),
    "bar": ChartBlock(
        "bar",
        "Seoul comes first",
        "persons",
        ("Seoul", "Daegu"),
        (Series("2019", (persons(320284), persons(31183, "contested"))),),
        "In words: Seoul before Daegu",
    ),
    "rank": ChartBlock(
        "rank",
        "Daegu fell from second to third",
        "rank",
        ("2018", "2019", "2020"),
        (
            Series(
                "Daegu", (ranked(2), ranked(3, "contested"), Cell("no data", None, "no data")), True
            ),
            Series("Busan", (ranked(3), ranked(2), ranked(1))),
        ),
        "In words: second, third",
        note="The first place is on top",
        chosen="2019",
    ),
    "negative": ChartBlock(
        "bar",
        "One grew and one shrank",
        "persons",
        ("Daegu", "Busan"),
        (Series("Change", (persons(-420, "contested"), persons(1200))),),
        "In words: one each way",
        note="Left of the line: fewer than the year before",
    ),
    "waterfall": ChartBlock(
        "bar",
        "From one year to the next",
        "persons",
        ("2018", "China", "Vietnam", "Others", "2019"),
        (
            Series("Total", (persons(600), GAP, GAP, GAP, persons(1000)), False),
            Series(
                "Nationality",
                (
                    GAP,
                    persons(150, "contested"),
                    Cell("+90 to +110 persons", None, "derived", ("moh",), span=(90, 110)),
                    GAP,
                    GAP,
                ),
                True,
            ),
            Series("Others", (GAP, GAP, GAP, persons(140), GAP)),
        ),
        "In words: 600, 150 more, 90 to 110 more, 140 more, 1,000",
        note="Striped: what it could be more",
        is_waterfall=True,
    ),
    "places": ChartBlock(
        "rank",
        "Daegu came third from somewhere between fifth and seventh",
        "rank",
        ("2018", "2019"),
        (
            Series(
                "Daegu", (Cell("rank 5–7", None, "derived", ("moh",), span=(5, 7)), ranked(3)), True
            ),
            Series("Busan", (ranked(4), ranked(5))),
        ),
        "In words: 5 to 7, then third",
        note="A bar from the best to the worst",
    ),
    "striped": ChartBlock(
        "bar",
        "At least a third, at most a half",
        "%",
        ("Daegu", "Busan"),
        (
            Series("Known", (share(33.4), share(20.5, "contested")), True),
            Series("What could be", (share(16.6), Cell("")), is_striped=True),
        ),
        "In words: 33.4 and 16.6 more",
        note="Striped: what could be",
    ),
    "grouped": ChartBlock(
        "bar",
        "Two years side by side",
        "persons",
        ("Daegu", "Busan"),
        (
            Series("2018", (persons(100), persons(200))),
            Series("2019", (persons(300), persons(400, "contested")), True),
            Series("2019, jointly", (persons(50), Cell("")), is_striped=True),
        ),
        "In words: more in both",
        note="Striped: with others",
    ),
    "dots": DotChart(
        "Two events in two years",
        "",
        ("Congresses", "Fairs"),
        (
            Dot("Congresses", "2018-06-22", "Medi Expo", persons(4210), True),
            Dot("Fairs", "2019-05", "Med Fair", persons(1234, "contested"), end="2019-06"),
        ),
        "In words: a congress and a fair",
        note="A line shows how long it lasted",
    ),
    "map": MapBlock(
        "Two centres abroad",
        (Place("Almaty", 43.24, 76.9), Place("Hanoi", 21.03, 105.85, False)),
        "In words: one is open",
    ),
    "paragraph": Paragraph("A sentence that must be read.", ("moh",), "warning"),
    "points": Points((Paragraph("What was asked?", kind="question"), Paragraph("A second item"))),
}


def report_of(*blocks):
    source = Source(1, "moh", "Ministry", "Statistics", "2020-06-01", "official", "https://a.kr")
    stamp = Stamp("", "b1", 1, "2026-11-20", "en", "Kim", "2026-11-21T03:04:05+00:00")
    return Report("kpi", "Report", "2019", (Section("Section", blocks),), (source,), stamp)
