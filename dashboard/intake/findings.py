"""What is wrong with a delivery: file, line, column, value and rule, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, with_particles


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a delivery out, or that is to be known about it."""

    file: str
    line: int
    """Line of the file, the header being line 1; 0 concerns the file as a whole."""
    column: str
    value: str
    rule: str
    """One of the codes `intake_rule`, whose labels are sentences with a place `{expected}`."""
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
        text = with_particles(label("intake_rule", self.rule).format(expected=self.expected))
        if not self.example:
            return text
        return _("{rule}, such as {example}").format(rule=text.rstrip("."), example=self.example)


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
