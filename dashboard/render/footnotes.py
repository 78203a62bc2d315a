"""What vouches for a figure, in the words and signs that every exported file uses."""

from collections.abc import Iterable

from dashboard.content.document import Block, Cell
from dashboard.content.mentions import cells_of
from dashboard.content.report import Report, Source, Stamp
from dashboard.i18n import date_text, label, moment_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import key_to_signs, sign, signed

_SEVERAL = 3
"""From so many neighbouring numbers on, a range stands for them."""


def mark(cell: Cell) -> str:
    """The sign behind a printed figure; one whose text has it already gets no second."""
    found = sign(cell.evidence)
    return "" if found and found in cell.text else found


def marked(cell: Cell) -> str:
    """A cell's text with its sign."""
    return signed(cell.text, cell.evidence)


def key_to_marks(cells: Iterable[Cell]) -> str:
    """What the signs among the cells mean: `○ single source · ◆ contested`; empty without any."""
    return key_to_signs(cell.evidence for cell in cells if sign(cell.evidence))


def key_of(block: Block) -> str:
    """What the signs on a block mean."""
    return key_to_marks(cell for _about, cell in cells_of(block))


def key_to_places() -> str:
    """What the full and the hollow marks of a map mean."""
    return _("● last seen open that year or later · ○ not confirmed since, or planned")


def number_runs(report: Report, source_ids: Iterable[str]) -> list[tuple[int, int]]:
    """Footnote numbers as runs from one to another: 1, 2, 3, 7, 8 → (1, 3), (7, 7), (8, 8).

    Raises:
        LookupError: the report does not name a source.
    """
    runs: list[tuple[int, int]] = []
    for number in sorted({report.number_of(source_id) for source_id in source_ids}):
        first, last = runs[-1] if runs else (number, number)
        if runs and last == number - 1:
            runs[-1] = (first, number)
        else:
            runs.append((number, number))
    return [
        part
        for first, last in runs
        for part in (
            [(first, last)]
            if last - first + 1 >= _SEVERAL
            else [(number, number) for number in range(first, last + 1)]
        )
    ]


def run_text(first: int, last: int) -> str:
    """A run as it is printed: `4–6`, or a number alone."""
    return str(first) if first == last else f"{first}–{last}"


def numbers(report: Report, source_ids: Iterable[str]) -> str:
    """Footnote numbers in ascending order: `[1, 4–6]`; empty without sources.

    Raises:
        LookupError: the report does not name a source.
    """
    texts = [run_text(first, last) for first, last in number_runs(report, source_ids)]
    return f"[{', '.join(texts)}]" if texts else ""


def source_text(source: Source, *, with_address: bool = True) -> str:
    """A source in one line, without its number; a part that ends in a full stop gets no second."""
    address = source.url if with_address else ""
    parts = (source.publisher, source.title, date_text(source.published_on), address)
    *before, last = [part for part in parts if part]
    return " ".join([*(f"{part.removesuffix('.')}." for part in before), last])


def stamp_text(stamp: Stamp) -> str:
    """The line on every page, slide and sheet: the edition and the day, or that none is frozen."""
    day = _("As of {day}").format(day=date_text(stamp.as_of))
    if not stamp.edition_id:
        build = _("Not frozen: build {build_id}, snapshot {snapshot}")
        return f"{build.format(build_id=stamp.build_id, snapshot=stamp.snapshot)} · {day}"
    return _("Edition {edition}").format(edition=stamp.edition_id) + " · " + day


def origin(report: Report) -> tuple[tuple[str, str], ...]:
    """Name and value of everything that says how the report came about."""
    stamp = report.stamp
    rows = [
        (_("Report"), report.title),
        (_("Edition"), stamp.edition_id or _("not frozen")),
        (_("As of"), date_text(stamp.as_of)),
        (label("column", "build_id"), stamp.build_id),
        (label("column", "snapshot"), str(stamp.snapshot)),
        (_("Made by"), stamp.made_by),
        (_("Made"), moment_text(stamp.made_at)),
    ]
    if stamp.link:
        rows.append((_("Same figures"), stamp.link))
    if report.warning:
        rows.append((_("Warning"), report.warning))
    return tuple(rows)
