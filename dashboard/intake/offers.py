"""What a person can do about a finding: a control on the page, or something in the file itself."""

from enum import StrEnum


class Offer(StrEnum):
    """Where a finding is mended."""

    WORDS = "words"
    """Say what a word of the file stands for, or leave its rows out."""
    UNIT = "unit"
    """Choose the unit."""
    SIZE = "size"
    """Choose the unit of numbers that are too large or too small."""
    COLUMNS = "columns"
    """Say which column is which."""
    LAYOUT = "layout"
    """Say how a wide table is read."""
    HEADER = "header"
    """Choose the line of the header."""
    SHEET = "sheet"
    """Choose the sheet."""
    FORM = "form"
    """Save the empty form of the table."""
    COMPLETE = "complete"
    """Say that the file replaces what was handed in before."""
    FILE = "file"
    """In the file: the sentence says how, or brings an example."""
    NOTED = "noted"
    """Nothing has to be done."""


_RULES: dict[Offer, str] = {
    Offer.WORDS: "code event event-twice institution foreign-key new-code total-row public-id "
    "example-left amount-unclear",
    Offer.UNIT: "unit-unknown unit-bare unit-other unit-twice unit-missing unit-mixed unit-format",
    Offer.SIZE: "above-korea beside-years tiny-money far-number",
    Offer.COLUMNS: "missing-columns header-twice extra-columns",
    Offer.LAYOUT: "not-said label-unknown across-unknown words-unknown no-values turned "
    "title-unsure title-limits whole-unknown only-months shape-unfit unread-values "
    "unread-lines total-columns from-title filled-down",
    Offer.HEADER: "no-header other-table",
    Offer.SHEET: "hidden-sheet hidden-sheets other-sheets",
    Offer.FORM: "format format-pdf format-document format-picture format-no-table empty",
    Offer.COMPLETE: "visits-twice",
    Offer.FILE: "columns encoding width width-number quote-open quote-within "
    "required type enum pattern minimum maximum calendar "
    "unique-items unique primary-key size unpacked-size damaged format-hwp format-archive "
    "format-locked encoding-mixed encoding-johab far-cell cell-count text-size reader-memory "
    "reader-time reader-ended embedded row-limit column-limit check unit-cell formula-empty "
    "date-month date-range date-order error-value fraction fraction-point cell-size number date "
    "same-row other-region other-owner totals-apart hidden-lines "
    "hidden-columns hidden-columns-unread no-formats over-budget personal-rrn personal-foreigner "
    "personal-passport personal-phone personal-email personal-name personal-birth "
    "personal-chart personal-diagnosis personal-address personal-card personal-account",
    Offer.NOTED: "notes read-as example-row scaled scaled-format contradiction same-file "
    "day-numbers replaced-visits chosen-out",
}
OFFERS: dict[str, Offer] = {
    rule: offer for offer, rules in _RULES.items() for rule in rules.split()
}
"""Rule → where it is mended; every rule has its place here."""
CELL_RULES = frozenset({
    "required", "type", "enum", "pattern", "minimum", "maximum", "calendar", "unique-items",
    "number", "date",
})  # fmt: skip
"""Rules of one cell: their findings bring a value that would be right."""
