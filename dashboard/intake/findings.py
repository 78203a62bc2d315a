"""What is wrong with a delivery: file, line, column, value and rule, in words."""

from dataclasses import dataclass

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a delivery out."""

    file: str
    line: int
    """Line of the file, the header being line 1; 0 concerns the file as a whole."""
    column: str
    value: str
    rule: str
    """Code of the rule: columns, encoding, width, required, type, enum, pattern, calendar, minimum,
    maximum, unique, unique-items, primary-key, foreign-key."""
    expected: str
    """What the rule asks for, ready to print: a type, a list, a bound, a table."""

    def sentence(self) -> str:
        """The finding in the reader's language, with place and value."""
        place = f"{self.file}:{self.line} {self.column}".strip()
        return f"{place}: '{self.value}' – {self.rule_text()} ({self.rule})"

    def rule_text(self) -> str:
        """The broken rule in the reader's language."""
        texts = {
            "columns": _("the header must have the columns {expected}"),
            "encoding": _("the file must be {expected}"),
            "width": _("the row must have {expected} cells"),
            "required": _("a value is required"),
            "type": _("must be of type {expected}"),
            "enum": _("must be one of {expected}"),
            "pattern": _("must have the form {expected}"),
            "minimum": _("must not be below {expected}"),
            "maximum": _("must not be above {expected}"),
            "calendar": _("must be a date of the calendar ({expected})"),
            "unique-items": _("must not be named twice in one cell: {expected}"),
            "unique": _("must not occur twice (first on line {expected})"),
            "primary-key": _("the key must not occur twice (first on line {expected})"),
            "foreign-key": _("must occur in {expected}"),
        }
        return texts[self.rule].format(expected=self.expected)


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
