"""Panel: functions bound to a widget; each page is an address of its own."""

import os

import panel as pn
import visits

pn.extension("plotly")
LINKS = "[Visits](/visits) [Regions](/regions)"


def figures(year: int) -> pn.FlexBox:
    """The tiles of a year."""
    shown = visits.figures(year).items()
    return pn.FlexBox(
        *(
            pn.pane.HTML(f"<small>{name}</small><h3>{value}</h3>", css_classes=["tile"])
            for name, value in shown
        )
    )


def charts(year: int) -> pn.GridBox:
    """The charts of a year."""
    panes = [pn.pane.Plotly(figure, width=600, height=400) for figure in visits.charts(year)]
    return pn.GridBox(*panes, ncols=2)


def first_page() -> pn.Column:
    """The year, the figures and the charts."""
    year = pn.widgets.Select(name="Year", options=visits.YEARS, value=visits.YEARS[-2])
    return pn.Column(
        LINKS, pn.pane.HTML("<h1>Visits</h1>"), year, pn.bind(figures, year), pn.bind(charts, year)
    )


def second_page() -> pn.Column:
    """Two charts over all years."""
    panes = [pn.pane.Plotly(figure, width=900, height=450) for figure in visits.region_charts()]
    return pn.Column(LINKS, pn.pane.HTML("<h1>Regions</h1>"), *panes)


pn.serve(
    {"visits": first_page, "regions": second_page},
    port=int(os.environ["BENCH_PORT"]),
    address="127.0.0.1",
    show=False,
    threaded=False,
)
