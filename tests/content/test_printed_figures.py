"""Every figure that the base documents print is found by its number, on the page that is found."""

import csv
import re
from decimal import Decimal

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.compose import draft
from dashboard.content.mentions import cells_of
from dashboard.content.pages import PAGES
from dashboard.i18n import label, quantity_text, speaking
from dashboard.search import find
from dashboard.settings import PROJECT_ROOT, settings

SEED_FIGURES = PROJECT_ROOT / "data" / "public_record" / "seed_figures.csv"
PLACED = re.compile(r"in (event_outcomes|observations|centre_totals|awards) (\S+)")
COUNTED = ("count", "krw", "percent", "krw per person")


def printed():
    """Figures that a document prints and the record holds as a figure: table, id, value, row."""
    with SEED_FIGURES.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found = PLACED.search(row["note"])
            is_printed = "not printed" not in row["note"] and row["unit"] in COUNTED
            # That the city led for three years, and who came to the onsite review, is narrative.
            is_figure = row["item"] not in ("years at the top", "onsite judges")
            if found and is_printed and is_figure:
                yield (*found.groups(), Decimal(row["value"]), row["item"])


FIGURES = list(printed())


def test_the_list_holds_the_figures_of_all_five_documents():
    # Fair: 10 of attendance, 2 memoranda, contracts, joint venture; review: grant, grants in all,
    # centres, countries; forum and tour: lectures, agencies; Yakutsk: consulted, reservations,
    # growth, 291, 1,322, doctors, fee; Sakhalin: hospitals, attendees, treated, interested.
    assert len(FIGURES) == 14 + 4 + 2 + 7 + 4
    tables = {table for table, *_rest in FIGURES}
    assert tables == {"event_outcomes", "observations", "centre_totals", "awards"}


@pytest.mark.parametrize("code", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("table", "key", "value", "item"), FIGURES, ids=lambda part: str(part).replace(" ", "-")
)
def test_a_figure_is_found_by_its_number_and_seen_one_click_away(
    shipped_record, table, key, value, item, code
):
    region = "KR-30" if key.startswith("DJ") else "KR-27"
    with speaking(code):
        number = f"{value:,f}"
        if value >= 1_000_000:
            number = quantity_text(value, "krw")
        words = f"{number} {label('region', region)}"
        hits = find(shipped_record, read_catalogue(settings().queries), words, limit=1000)
    figures = [hit for hit in hits if hit.kind == "figure"]
    if table == "event_outcomes":
        figures = [hit for hit in figures if hit.parameters.get("event") == key]
    assert figures, words
    pages = {(hit.page, *hit.parameters.items()): hit for hit in figures}.values()
    assert any(number in text for hit in pages for text in texts_of(shipped_record, hit, code))


def texts_of(record, hit, code):
    """Every cell of the page to which a hit leads."""
    asked = {
        name: int(value) if name == "year" else value for name, value in hit.parameters.items()
    }
    for section in draft(record, PAGES[hit.page].report, asked, code).sections:
        for block in section.blocks:
            yield from (cell.text for _about, cell in cells_of(block))
