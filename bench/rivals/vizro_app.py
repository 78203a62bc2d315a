"""Vizro: two pages of components, with a parameter for the year."""

import os

import plotly.graph_objects as go
import visits
import vizro.models as vm
from vizro import Vizro
from vizro.models.types import capture

FIRST_YEAR = visits.YEARS[-2]


@capture("figure")
def tiles(data_frame: object, year: int = FIRST_YEAR) -> object:
    """The tiles of a year."""
    from dash import html

    shown = visits.figures(int(year)).items()
    return html.Div(
        [html.Div([html.Small(name), html.H3(value)], className="tile") for name, value in shown],
        style={"display": "grid", "gridTemplateColumns": "repeat(6, 1fr)"},
    )


@capture("graph")
def chart(data_frame: object, number: int, year: int = FIRST_YEAR) -> go.Figure:
    """One of the four charts of a year."""
    return visits.charts(int(year))[number]


@capture("graph")
def region_chart(data_frame: object, number: int) -> go.Figure:
    """One of the two charts over all years."""
    return visits.region_charts()[number]


NOTHING = visits.ask("SELECT 1 AS one")
NAMES = ["tiles", *(f"chart_{number}" for number in range(4))]
first = vm.Page(
    id="visits",
    title="Visits",
    path="/",
    layout=vm.Grid(grid=[[0, 0], [1, 2], [3, 4]], row_min_height="300px"),
    components=[
        vm.Figure(id="tiles", figure=tiles(NOTHING)),
        *(vm.Graph(id=f"chart_{n}", figure=chart(NOTHING, number=n)) for n in range(4)),
    ],
    controls=[
        vm.Parameter(
            targets=[f"{name}.year" for name in NAMES],
            selector=vm.Dropdown(
                id="year",
                options=[str(one) for one in visits.YEARS],
                value=str(FIRST_YEAR),
                multi=False,
                title="Year",
            ),
        )
    ],
)
second = vm.Page(
    id="regions",
    title="Regions",
    path="/regions",
    components=[vm.Graph(figure=region_chart(NOTHING, number=number)) for number in range(2)],
)

if __name__ == "__main__":
    app = Vizro().build(vm.Dashboard(pages=[first, second]))
    app.run(host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), debug=False)
