"""Native charts in a workbook, drawn from the cells of their sheet."""

from typing import Any

from dashboard.content.document import ChartBlock, Series
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.chart_design import extent, looks, one_bar_each
from dashboard.render.number_formats import number, shared_format
from dashboard.render.sheets import Book

_PIXELS = (900, 420)
_ROW_PIXELS = 24
_DASHES = {"solid": "solid", "dash": "dash", "round_dot": "round_dot", "dash_dot": "dash_dot"}


def insert_chart(
    book: Book,
    sheet: Any,
    block: ChartBlock,
    top: int,
    columns: list[int],
    title_at: tuple[int, int],
    at: int,
    *,
    categories: int = 0,
) -> None:
    """Place a chart of a block's cells.

    Args:
        book: the workbook.
        sheet: on which the data stands, and the chart will.
        block: what is drawn.
        top: row of the heading.
        columns: column of each series.
        title_at: row and column of the title.
        at: row of the chart's upper edge.
        categories: column of the categories.
    """
    is_line = block.kind == "line"
    chart = book.file.add_chart({"type": "line" if is_line else "bar"})
    name, last = sheet.get_name(), top + len(block.categories)
    pattern = shared_format(cell for series in block.series for cell in series.cells)
    together = one_bar_each(block)
    for series, look, column in zip(block.series, looks(block), columns, strict=True):
        colour = f"#{look.colour}"
        settings: dict[str, Any] = {
            "name": [name, top, column],
            "categories": [name, top + 1, categories, last, categories],
            "values": [name, top + 1, column, last, column],
            "points": _points(series, colour),
        }
        if look.is_subject or not is_line:
            settings["data_labels"] = {
                "value": True,
                "num_format": pattern or "#,##0",
                "position": "above" if is_line else "outside_end",
            }
        if is_line:
            settings["line"] = {
                "color": colour,
                "width": look.width - 0.75,
                "dash_type": _DASHES[look.dash],
            }
            settings["marker"] = {
                "type": "circle",
                "size": 7 if look.is_subject else 5,
                "fill": {"color": colour},
                "border": {"color": colour},
            }
        else:
            settings["fill"] = {"color": colour}
            settings["gap"] = 45
            settings["overlap"] = 100 if together else -10
        chart.add_series(settings)
    low, high = extent(block)
    limits = {"min": low, "max": high}
    values: dict[str, Any] = {
        "num_format": pattern or "#,##0",
        "major_gridlines": {"visible": is_line, "line": {"color": "#e6e8ea"}},
        "visible": is_line,
        **{edge: value for edge, value in limits.items() if value is not None},
    }
    if is_line:
        chart.set_y_axis(values)
    else:
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis(values)
    # A title that is named by its cell cannot be taken for a formula.
    chart.set_title({"name": [name, *title_at], "name_font": {"size": 12}, "overlay": False})
    if len(block.series) == 1 or (together and not is_line):
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "bottom"})
    height = _PIXELS[1] if is_line else max(_PIXELS[1], _ROW_PIXELS * len(block.categories))
    chart.set_size({"width": _PIXELS[0], "height": height})
    chart.show_blanks_as("gap")
    sheet.insert_chart(at, 0, chart, {"description": block.alt, "object_position": 2})


def _points(series: Series, colour: str) -> list[dict[str, Any] | None] | None:
    """Hollow points for what is not settled; None where a point is like the series."""
    hollow = {"fill": {"color": "#ffffff"}, "border": {"color": colour, "width": 1.5}}
    found = [
        hollow if is_doubtful(cell.evidence) and number(cell) is not None else None
        for cell in series.cells
    ]
    return found if any(found) else None
