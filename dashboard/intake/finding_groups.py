"""Findings that say the same of many cells, as one with all its places."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.contract import city_contracts
from dashboard.i18n import gettext as _
from dashboard.i18n import number_text
from dashboard.intake.delivery import Delivery
from dashboard.intake.findings import Finding
from dashboard.intake.sheets import column_letters, runs_of

_RANGES = 4
_EXAMPLES = 5


@dataclass(frozen=True)
class FindingGroup:
    """One finding, and how often it occurs."""

    first: Finding
    place: str
    """Cells as a spreadsheet names them, `C17` or `C3–C1206`; empty for the file as a whole."""
    count: int
    examples: tuple[tuple[str, str], ...] = ()
    """The first different values, each with the cell that it stands in."""

    def sentence(self) -> str:
        """The first finding in full; where it recurs, how often, where, and with what values."""
        if self.count == 1:
            return self.first.sentence()
        text = _("{sentence} – the same at {count} places: {place}").format(
            sentence=self.first.sentence(), count=number_text(self.count), place=self.place
        )
        others = ", ".join(f"{cell} '{value}'" for cell, value in self.examples[1:])
        return f"{text} ({others})" if others else text


def group_findings(findings: Sequence[Finding], delivery: Delivery | None) -> list[FindingGroup]:
    """Findings of one rule about one column, in the order in which they first occur.

    Args:
        findings: of one file.
        delivery: the file, for the letters of its columns; None gives lines alone.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.about, []).append(finding)
    return [
        FindingGroup(
            found[0],
            _places(found, delivery) + (", …" if found[0].total > len(found) else ""),
            max(len(found), found[0].total),
            _examples(found, delivery),
        )
        for found in groups.values()
    ]


def _examples(found: Sequence[Finding], delivery: Delivery | None) -> tuple[tuple[str, str], ...]:
    cells: dict[str, str] = {}
    for finding in found:
        if finding.value and len(cells) < _EXAMPLES:
            cells.setdefault(finding.value, cell_of(finding, delivery))
    return tuple((cell, value) for value, cell in cells.items())


def cell_of(finding: Finding, delivery: Delivery | None) -> str:
    """The cell of a finding, such as `C17`; only its line where the column is not known."""
    if finding.cell or not finding.line:
        return finding.cell
    return f"{_letters(finding, delivery)}{finding.line}"


def _letters(finding: Finding, delivery: Delivery | None) -> str:
    if delivery is None or delivery.layout is not None:  # turned: its columns are others
        return ""
    contract = city_contracts().get(delivery.table)
    known = contract and contract.by_heading.get(finding.column)  # the record has many tables
    column = known.name if known else finding.column
    for place, (header, name) in enumerate(zip(delivery.headers, delivery.columns, strict=True)):
        if column in (name, header):
            return column_letters(place)
    is_letters = finding.column.isascii() and finding.column.isupper() and len(finding.column) < 4
    return finding.column if is_letters else ""


def _places(found: Sequence[Finding], delivery: Delivery | None) -> str:
    cells = list(dict.fromkeys(finding.cell for finding in found if finding.cell))
    columns = {cell.rstrip("0123456789") for cell in cells}
    if cells and not (len(columns) == 1 and len(cells) == len({one.line for one in found})):
        return ", ".join(cells[:_RANGES]) + (f", … {cells[-1]}" if len(cells) > _RANGES else "")
    lines = sorted({finding.line for finding in found if finding.line})
    if not lines:
        return ""
    letters = columns.pop() if columns else _letters(found[0], delivery)
    runs = runs_of(lines)
    shown = [
        f"{letters}{start}" if start == end else f"{letters}{start}–{letters}{end}"
        for start, end in runs[:_RANGES]
    ]
    return ", ".join(shown) + (f", … {letters}{lines[-1]}" if len(runs) > _RANGES else "")
