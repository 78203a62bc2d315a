"""Native charts in a workbook, drawn from the cells of their sheet."""

import io
from typing import Any

from dashboard.content.document import ChartBlock, Series
from dashboard.i18n import language
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.bar_layout import is_native, is_stacked, slots
from dashboard.render.chart_design import extent, looks, rank_format, rank_step
from dashboard.render.drawing import to_png
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
    """Place a chart of a block's cells on the sheet of its data, with its upper edge at a row.

    `top` is the row of the heading, `columns` are those of the series, `categories` is that of the
    categories, `title_at` row and column of the title.
    """
    if not is_native(block):
        picture = io.BytesIO(to_png(block, 2 * _PIXELS[0], language()))
        options = {"image_data": picture, "description": block.alt, "object_position": 2}
        sheet.insert_image(at, 0, "chart.png", {**options, "x_scale": 0.5, "y_scale": 0.5})
        return
    is_line, stacked = block.kind != "bar", is_stacked(block)
    kind = {"type": "line"} if is_line else {"type": "bar"}
    chart = book.file.add_chart(kind | ({"subtype": "stacked"} if stacked else {}))
    name, last = sheet.get_name(), top + len(block.categories)
    pattern = shared_format(cell for series in block.series for cell in series.cells)
    together = len(set(slots(block))) == 1
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
                "position": "above" if is_line else "center" if stacked else "outside_end",
                **({"fill": {"color": "#ffffff"}} if stacked else {}),
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
            if series.is_striped:
                pattern_name = "wide_upward_diagonal"
                settings["pattern"] = {"pattern": pattern_name, "fg_color": colour}
            else:
                settings["fill"] = {"color": colour}
            settings["border"] = {"color": colour}
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
    if block.kind == "rank":
        values |= {"reverse": True, "crossing": "max", "major_unit": rank_step(block)}
        values["num_format"] = rank_format(block)
    if is_line:
        chart.set_y_axis(values)
    else:
        chart.set_y_axis({"reverse": True, "label_position": "low"})
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
