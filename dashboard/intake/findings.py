"""What is wrong with a delivery: file, line, column, value and rule, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import with_particles


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a delivery out, or that is to be known about it."""

    file: str
    line: int
    """Line of the file, the header being line 1; 0 concerns the file as a whole."""
    column: str
    value: str
    rule: str
    """Code of the rule, one of those that `rule_text` has a sentence for."""
    expected: str
    """What the rule asks for, ready to print: a type, a list, a bound, a table."""
    severity: str = "error"
    """`error` keeps the whole file out, `warning` does not."""
    sheet: str = ""
    """Sheet of a workbook."""
    cell: str = ""
    """Cell of the sheet, such as `D7`, where the line holds several rows."""
    example: str = ""
    """What would be right, ready to print, such as `2025`."""
    total: int = 0
    """How often the file has it, where only the first are listed."""

    @property
    def about(self) -> tuple[str, ...]:
        """What findings have in common that say the same of many cells."""
        same = (self.rule, self.expected, self.column, self.sheet, self.severity)
        if self.line and self.column:
            return same
        return (*same, self.value, str(self.line), self.cell)

    def sentence(self) -> str:
        """The finding in the reader's language, with place and value."""
        file = f"{self.file} [{self.sheet}]" if self.sheet else self.file
        line = f"{self.line} ({self.cell})" if self.cell else str(self.line)
        place = f"{file}:{line} {self.column}".strip() if self.line else file
        value = f"'{self.value}' – " if self.value else ""
        return f"{place}: {value}{self.rule_text()} ({self.rule})"

    def rule_text(self) -> str:
        """The broken rule in the reader's language."""
        text = with_particles(_sentences()[self.rule].format(expected=self.expected))
        return (
            _("{rule}, such as {example}").format(rule=text.rstrip("."), example=self.example)
            if (self.example)
            else text
        )


def first_findings(
    findings: Sequence[Finding], shown: int, further: Mapping[tuple[str, ...], int] | None = None
) -> tuple[Finding, ...]:
    """The first ones; where more follow that say the same, each knows how many there are in all.

    Args:
        findings: all, or the first ones with their totals.
        shown: how many are kept.
        further: what is said → how often, where not all of them are listed.
    """
    counts = Counter(finding.about for finding in findings)
    for finding in findings:
        more = (further or {}).get(finding.about, 0)
        counts[finding.about] = max(counts[finding.about], finding.total, more)
    listed = Counter(finding.about for finding in findings[:shown])
    return tuple(
        replace(finding, total=counts[finding.about])
        if counts[finding.about] > listed[finding.about]
        else finding
        for finding in findings[:shown]
    )


def rules() -> tuple[str, ...]:
    """Codes of all rules that a finding may name."""
    return tuple(_sentences())


def _sentences() -> dict[str, str]:
    """Rule → sentence in the reader's language; `{expected}` is what the rule asks for."""
    return {
        "columns": _("the header must have the columns {expected}"),
        "encoding": _("the file must be {expected}; save it so with “Save as”"),
        "quote-open": _(
            "a text in quotes that begins in {expected} does not end in its cell; put a quote "
            'behind it ("), or take the one before it out'
        ),
        "quote-within": _(
            "after a text in quotes on line {expected} more text follows in the same cell; write "
            'a quote within a text twice, such as "a ""b"" c", or take the quotes out'
        ),
        "width-number": _(
            "the comma within a number was read as the end of its cell; write {expected}, or put "
            "the number in double quotes"
        ),
        "width": _(
            "the row must have {expected} cells; put a text with a separator in it in quotes, such "
            'as "a, b"'
        ),
        "required": _("a value is required"),
        "type": _("must be of type {expected}"),
        "enum": _("must be one of {expected}"),
        "pattern": _("must have the form {expected}"),
        "minimum": _("must not be below {expected}"),
        "maximum": _("must not be above {expected}"),
        "calendar": _("must be a date of the calendar ({expected})"),
        "unique-items": _("must not be named twice in one cell: {expected}"),
        "unique": _("must not occur twice (first on line {expected}); take one of the two out"),
        "primary-key": _(
            "the key must not occur twice (first on line {expected}); give the second another"
        ),
        "foreign-key": _("must occur in {expected}"),
        # Files as a whole
        "format": _("the file must be one of: {expected}"),
        "size": _("the file must not be larger than {expected}; split it by year"),
        "unpacked-size": _("the file must not unpack to more than {expected}; save it as CSV"),
        "damaged": _(
            "the file is damaged ({expected}); open it with the program it was made with, save it "
            "anew, and hand that in"
        ),
        "format-pdf": _(
            "this is a PDF document; hand in the spreadsheet that it was printed from, or copy its "
            "table into the form"
        ),
        "format-hwp": _(
            "this is a Hangul document in its old form (HWP); open it in Hancom Office, save it as "
            "HWPX with “Save as”, and hand that in"
        ),
        "format-document": _(
            "this is a document without a sheet ({expected}); copy its table into the form, and "
            "hand that in"
        ),
        "format-picture": _("this is a picture; type its table into the form, and hand that in"),
        "format-archive": _(
            "this is a packed file ({expected}); unpack it first, and hand in the files within"
        ),
        "format-locked": _(
            "the file is locked by a password ({expected}); open it, take the password out under "
            "File > Info > Protect Workbook > Encrypt with Password, save it, and hand it in again"
        ),
        "format-no-table": _(
            "there is no table in this {expected} file; copy the figures into the form, and hand "
            "that in"
        ),
        "encoding-mixed": _(
            "from this line on the text is in another encoding ({expected}); open each part with "
            "its own encoding, and save all as one CSV UTF-8 file"
        ),
        "encoding-johab": _(
            "the text is in the old Johab encoding; open it in Hancom Office, and save it as text "
            "in {expected}"
        ),
        "far-cell": _(
            "a cell far outside of the table is filled ({expected}); delete all rows and columns "
            "outside of the table, save the file, and hand it in again"
        ),
        "cell-count": _(
            "the file must not have more than {expected} cells; split it, or save it as CSV"
        ),
        "text-size": _(
            "the texts of all cells must not come to more than {expected} letters; shorten the "
            "long ones, or split the file"
        ),
        "reader-memory": _(
            "reading the file takes more than {expected} of memory; split it, or save it as CSV"
        ),
        "reader-time": _(
            "reading the file takes more than {expected} seconds; split it, or save it as CSV"
        ),
        "reader-ended": _(
            "reading broke off: the file is damaged, or takes more than {expected} of memory; "
            "open it, save it as CSV, and hand that in"
        ),
        "embedded": _(
            "the embedded file {expected} cannot be searched for personal data; take it out"
        ),
        "row-limit": _("the file must not have more than {expected} rows; split it by year"),
        "column-limit": _(
            "the file must not have more than {expected} columns; delete those that are not needed"
        ),
        "empty": _("there is no row below the header; write one, as in the form"),
        "no-header": _("no row has headers that are known; columns wanted: {expected}"),
        "hidden-sheet": _(
            "the table stands on a hidden sheet ({expected}); unhide the sheet, save the file, and "
            "hand it in again"
        ),
        "missing-columns": _("no column was found for: {expected}"),
        "header-twice": _("two columns stand for the same thing: {expected}"),
        "check": _(
            "the record would not pass its checks: {expected}; correct the rows that this names"
        ),
        # Wide tables
        "not-said": _("the table does not say it: choose it, or give it with {expected}"),
        "label-unknown": _("what this column says is not known; choose one of: {expected}"),
        "across-unknown": _("what these headers say is not known; choose one of: {expected}"),
        "words-unknown": _(
            "these headers are not known: choose what each stands for, or leave its columns out"
        ),
        "no-values": _("the table has no column of values that the record has a place for"),
        "only-months": _(
            "these are months or quarters, while the record holds figures of whole years, and the "
            "table has no total of the year; add one in a column or row of its own, such as "
            "“Total” under 2025, or hand in single visits with their dates as the table "
            "“Patient visits”"
        ),
        "whole-unknown": _(
            "the record has only the whole of these; choose the word that stands for it, or give "
            "it with --shape: {expected}"
        ),
        "title-unsure": _(
            "the title names more than {expected}; choose the metric, or give it with "
            "--set metric=…"
        ),
        "shape-unfit": _(
            "no table can be read as chosen ({expected}); choose another table or header, or "
            "take the choice back"
        ),
        # Units
        "unit-unknown": _("is no unit that is known; choose one: {expected}"),
        "unit-bare": _("does not say what is counted; choose the unit: {expected}"),
        "unit-other": _("is a unit of something else; choose the right one: {expected}"),
        "unit-cell": _("the unit in the cell is of something else; write the number in {expected}"),
        "unit-twice": _("several units are stated; choose the one of this column: {expected}"),
        "unit-missing": _("no unit of money is stated; choose it: {expected}"),
        "unit-format": _(
            "is what the number format shows: the stored number in thousands or millions, while "
            "no unit says so; choose the unit of the number as it is shown: {expected}"
        ),
        "unit-mixed": _(
            "this number has no unit, while others in its column have one of their own; write its "
            "unit, or choose that of the bare numbers: {expected}"
        ),
        # Cells
        "formula-empty": _(
            "the formula in {expected} was never calculated; open the file in Excel, save it, and "
            "hand it in again"
        ),
        "error-value": _(
            "the cell {expected} shows an error of the spreadsheet; put the figure in its place, "
            "or leave it blank"
        ),
        "total-row": _(
            "is a total, which is no place; take the row out, or write “Korea” if it is of the "
            "whole country"
        ),
        "fraction": _("must be a whole number: {expected}"),
        "fraction-point": _(
            "must be a whole number; if it is {expected}, write a comma instead of the point"
        ),
        "cell-size": _("a cell must not have more than {expected} characters; shorten the text"),
        "number": _("must be a number, such as {expected}"),
        "amount-unclear": _(
            "leaves a unit out, and may mean: {expected}; choose one, or write the number in full"
        ),
        "date": _("must be a date, such as {expected}"),
        "date-month": _(
            "may be January or October, as a spreadsheet drops the last zero of 2025.10; write one "
            "of {expected}"
        ),
        "date-range": _(
            "lies outside of the years {expected}; write the year in full, such as 2025-10-14"
        ),
        "date-order": _(
            "lies before the start ({expected}); correct one of the two, such as 2025-10-14 for "
            "the start and 2025-10-16 for the end"
        ),
        "code": _("is not known; known are: {expected}"),
        "event": _(
            "no event of the record has this title or id; choose the event below, or hand in the "
            "events first"
        ),
        "institution": _(
            "there is no institution with this id in the record; leave the cell blank, so that it "
            "is recognised by its name"
        ),
        "event-twice": _(
            "several events have this title; choose the event below, or give the id: {expected}"
        ),
        "same-row": _(
            "line {expected} is about the same thing; take one of the two out, or name the source "
            "of each"
        ),
        "public-id": _(
            "is a row of the public record, which cannot be overwritten; without the id the row "
            "stands beside it as your own"
        ),
        "visits-twice": _(
            "visits of these were handed in before: {expected}; where the file holds all visits "
            "of these regions and months, tick that it does (--complete), and it replaces them"
        ),
        # Warnings
        "turned": _("the table is wide and was read as a list: {expected}"),
        "notes": _("lines read as notes, not as rows: {expected}"),
        "totals-apart": _(
            "rows of totals were not taken (lines {expected}); write “Korea” where one is of the "
            "whole country"
        ),
        "total-columns": _("columns of totals were not taken: {expected}"),
        "unread-values": _("the record has no place for these columns; not taken: {expected}"),
        "unread-lines": _("the record has no place for these lines; not taken: {expected}"),
        "filled-down": _("blank cells were read as the one above: {expected}"),
        "from-title": _(
            "taken from the title above the table: {expected}; where it is another, give it with "
            "--set COLUMN=VALUE"
        ),
        "title-limits": _(
            "the title says {expected}: the figures are taken as whole ones of a year unless "
            "something else is chosen"
        ),
        "other-table": _(
            "the sheet has several tables, of which one was read; not read are those at {expected}"
        ),
        "above-korea": _("is more than the whole country has ({expected}); is the unit right?"),
        "beside-years": _(
            "is far from the years beside it; expected is {expected}; is the unit right?"
        ),
        "tiny-money": _("is a very small amount of money; expected is {expected}"),
        "far-number": _("is larger than any figure of its kind can be ({expected})"),
        "extra-columns": _("these columns are not read: {expected}"),
        "read-as": _("the file was read as {expected}"),
        "example-row": _("the example row of the form was left out"),
        "example-left": _("the word “example” stands in a row of your own; take it out"),
        "scaled": _("numbers were multiplied as the file says: {expected}"),
        "scaled-format": _(
            "the unit stands in the number format, not in the cell: the stored number was "
            "multiplied by it, as it is shown ({expected})"
        ),
        "new-code": _("is not in the record so far; a misspelling makes a figure of its own"),
        "over-budget": _(
            "more was spent than budgeted ({expected}); if one of the two is wrong, correct it"
        ),
        "contradiction": _("another source prints {expected}"),
        "same-file": _("this very file was handed in before ({expected})"),
        "hidden-sheets": _("sheets that are hidden were not read: {expected}"),
        "hidden-lines": _(
            "rows that are hidden were read all the same: {expected}; delete them if they are not "
            "to be handed in"
        ),
        "hidden-columns": _(
            "columns that are hidden were read all the same: {expected}; delete them if they are "
            "not to be handed in"
        ),
        "hidden-columns-unread": _(
            "columns that are hidden were not read: {expected}; unhide them if they are to be"
        ),
        "day-numbers": _("numbers of days were read as dates: {expected}"),
        "no-formats": _(
            "the file was read as {expected}, in which percent formats and hidden rows cannot be "
            "seen; save it as XLSX if it has any"
        ),
        "other-sheets": _("only one sheet was read; not read: {expected}"),
        "chosen-out": _("left out as you chose: lines {expected}"),
        "replaced-visits": _("visits of these regions and months take the place of {expected}"),
        # Personal data
        "personal-rrn": _("a resident registration number"),
        "personal-foreigner": _("a registration number of a foreigner"),
        "personal-passport": _("a passport number"),
        "personal-phone": _("a phone number, also of an office, is not accepted"),
        "personal-email": _("an e-mail address"),
        "personal-name": _("names of persons"),
        "personal-birth": _("a date of birth"),
        "personal-chart": _("a chart number of a patient"),
        "personal-diagnosis": _("a diagnosis of a single person"),
        "personal-address": _("the address of a person"),
        "personal-card": _("the number of a payment card"),
        "personal-account": _("the number of a bank account"),
    }


class DeliveryRefused(ClusterReviewError):
    """A delivery was not taken in; nothing of it was stored."""

    def __init__(self, findings: list[Finding]) -> None:
        shown = "\n".join(finding.sentence() for finding in findings[:20])
        more = len(findings) - 20
        super().__init__(
            _("The files were not taken in: {count} findings").format(count=len(findings)),
            shown + (f"\n… +{more}" if more > 0 else ""),
            _("Correct the cells named, then build again. The last good figures stay in force."),
        )
        self.findings = findings
