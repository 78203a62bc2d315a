"""A range on a scale of places, the size of a word."""

from base64 import b64encode

from dashboard.render.screen.figure_parts import OTHER, SUBJECT

_STEP, _HEIGHT, _MARGIN = 7, 14, 6


def span_bar(span: tuple[float, float], scale: tuple[int, int], is_subject: bool) -> str:
    """An SVG image as a data URI: a tick for each place, and a bar from the least to the greatest.

    A range of one place is a dot.
    """
    colour = SUBJECT if is_subject else OTHER
    middle = _HEIGHT / 2
    ticks = "".join(
        f'<path d="M{_at(place, scale):g} {middle - 3}v6"/>'
        for place in range(scale[0], scale[1] + 1)
    )
    width = 2 * _MARGIN + _STEP * (scale[1] - scale[0])
    # A line of no length with round ends is a dot.
    low, high = (_at(place, scale) for place in span)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" '
        f'width="{width}" height="{_HEIGHT}">'
        f'<g fill="none" stroke="{OTHER}" stroke-opacity="0.4">{ticks}</g>'
        f'<path d="M{low:g} {middle}H{high + 0.01:g}" stroke="{colour}" '
        f'stroke-width="{9 if low == high else 6}" stroke-linecap="round"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _at(place: float, scale: tuple[int, int]) -> float:
    return _MARGIN + _STEP * (place - scale[0])
