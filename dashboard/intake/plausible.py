"""Numbers that cannot be, or hardly can: fractions of persons, far from what the record says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from dashboard.contract import Contract, is_quantity
from dashboard.i18n import language
from dashboard.intake.codes import titles, unit_of
from dashboard.intake.delivery import Delivery
from dashboard.intake.findings import Finding
from dashboard.intake.units import family_of
from dashboard.intake.validation import Row

Cells = Mapping[str, str | None]
KOREA = "KR"
_FACTOR = 10
"""A figure this many times above or below those of the years beside it is asked about."""
_YEARS = 2
"""Years before and after that count as beside."""
_LEAST_MONEY = 10_000
"""Won; no budget or income of a region is smaller."""
_MOST = {"count": Decimal(10) ** 9, "krw": Decimal(10) ** 15, "usd": Decimal(10) ** 12}
"""More than any figure of a country in persons, won or dollars."""
_WHOLE = frozenset(
    {"persons", "countries", "institutions", "centres", "rank", "events", "buyers", "sessions"}
)
"""Units that come in whole numbers only."""
_BREAKDOWN = ("nationality", "department", "institution_class")
_THOUSANDTHS = -3
"""Exponent of a number whose point may stand for the comma of thousands."""


def whole_numbers(
    delivery: Delivery, contract: Contract, rows: Sequence[Row], bad: set[int]
) -> Iterator[Finding]:
    """Fractions of persons, of other things that come whole, and of small amounts of won."""
    for row in rows:
        if row.line in bad or row.cells.get("per"):
            continue
        for column in contract.fields:
            if not is_quantity(column):
                continue
            value = _decimal(row.cells.get(column.name))
            unit = column.unit or row.cells.get("unit")
            is_won = unit == "krw" and value is not None and abs(value) < _LEAST_MONEY
            if value is None or value == value.to_integral_value():
                continue
            if is_won or (column.name == "value" and unit in _WHOLE):
                rule, expected = "fraction", f"{value.to_integral_value():,f}"
                if value.as_tuple().exponent == _THOUSANDTHS:
                    rule, expected = "fraction-point", f"{(value * 1000).to_integral_value():,f}"
                yield _finding(delivery, contract, row, column.name, value, rule, expected, "error")


def out_of_range(
    delivery: Delivery,
    contract: Contract,
    rows: Sequence[Row],
    record: Iterable[Cells],
    bad: set[int],
) -> Iterator[Finding]:
    """Numbers out of any sensible range for what they count, each with the range expected.

    Args:
        delivery: that the rows are of.
        contract: of its table.
        rows: of the delivery.
        record: rows of the same table that the record holds.
        bad: lines with errors, which are left out.
    """
    good = [row for row in rows if row.line not in bad]
    far = list(_far_numbers(delivery, contract, good))
    yield from far
    if contract.name != "observations":
        return
    seen = {finding.line for finding in far}
    good = [row for row in good if row.line not in seen]
    by_year: dict[tuple[str | None, ...], dict[int, set[Decimal]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for cells in (*record, *(row.cells for row in good)):
        value = _decimal(cells.get("value"))
        if value is not None and _is_year(cells):
            by_year[_subject(cells)][int(str(cells["year"]))].add(value)
    for row in good:
        value = _decimal(row.cells.get("value"))
        if value is None or not _is_year(row.cells) or _is_rate(row.cells):
            continue
        yield from _beside(delivery, contract, row, value, by_year[_subject(row.cells)])
        korea = by_year[_subject(row.cells, KOREA)].get(int(str(row.cells["year"])), set())
        if row.cells["region"] != KOREA and korea and value > max(korea):
            limit = _range(contract, row, "value", Decimal(0), max(korea))
            yield _finding(delivery, contract, row, "value", value, "above-korea", limit)


def _far_numbers(delivery: Delivery, contract: Contract, rows: Sequence[Row]) -> Iterator[Finding]:
    for column in contract.fields:
        if not is_quantity(column):
            continue
        for row in rows:
            value = _decimal(row.cells.get(column.name))
            family = family_of(column.unit or row.cells.get("unit"))
            if value is None:
                continue
            if value > _MOST.get(family, value):
                most = _range(contract, row, column.name, Decimal(0), _MOST[family])
                yield _finding(delivery, contract, row, column.name, value, "far-number", most)
            elif family == "krw" and 0 < value < _LEAST_MONEY and contract.name != "event_outcomes":
                least = _range(contract, row, column.name, Decimal(_LEAST_MONEY), _MOST["krw"])
                yield _finding(delivery, contract, row, column.name, value, "tiny-money", least)


def _beside(
    delivery: Delivery,
    contract: Contract,
    row: Row,
    value: Decimal,
    years: Mapping[int, set[Decimal]],
) -> Iterator[Finding]:
    """A figure ten times above all of the years beside it, or ten times below all."""
    year = int(str(row.cells["year"]))
    beside = [
        other
        for near, values in years.items()
        if 0 < abs(near - year) <= _YEARS
        for other in values
        if other > 0
    ]
    if value > 0 and beside:
        low, high = min(beside) / _FACTOR, max(beside) * _FACTOR
        if not low <= value <= high:
            expected = _range(contract, row, "value", low, high)
            yield _finding(delivery, contract, row, "value", value, "beside-years", expected)


def _subject(cells: Cells, region: str | None = None) -> tuple[str | None, ...]:
    return (
        cells["metric"],
        region or cells["region"],
        cells.get("period"),
        *(cells.get(name) for name in _BREAKDOWN),
    )


def _is_year(cells: Cells) -> bool:
    return str(cells.get("year") or "").isdigit() and cells.get("suspect") != "true"


def _is_rate(cells: Cells) -> bool:
    unit = cells.get("unit") or unit_of(str(cells.get("metric"))) or ""
    return unit in ("pct", "rank")


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None


def _range(contract: Contract, row: Row, name: str, low: Decimal, high: Decimal) -> str:
    """What a number is of, and between which numbers it is expected: `Foreign patients 0 ~ 9`."""
    about = contract.column(name).heading
    for subject in ("metric", "measure"):
        if code := row.cells.get(subject):
            about = titles(contract.column(subject), language()).get(code, code)
    return f"{about} {low:,.0f} ~ {high:,.0f}"


def _finding(
    delivery: Delivery,
    contract: Contract,
    row: Row,
    name: str,
    value: Decimal,
    rule: str,
    expected: str,
    severity: str = "warning",
) -> Finding:
    heading = contract.column(name).heading
    return delivery.finding(row.line, heading, f"{value:,f}", rule, expected, severity)
