"""Blocks of charts for the tests of what is drawn on screen."""

from dashboard.content.document import Cell, ChartBlock, DotChart


def cell(value, evidence="settled"):
    return Cell("no data" if value is None else f"{value} persons", value, evidence)


def lines(*series):
    return ChartBlock("line", "A finding", "persons", ("2018", "2019", "2020"), series, "In words")


def days(*dots):
    return DotChart("Two events", "", ("Congress", "Fair"), dots, "In words")


def bar_chart(*series):
    return ChartBlock("bar", "A finding", "", ("Daegu", "Busan"), series, "In words")
