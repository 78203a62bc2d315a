"""Dash: pages by links, one callback a year."""

import os

import dash
import visits
from dash import Input, Output, callback, dcc, html

app = dash.Dash(__name__, use_pages=True, pages_folder="", suppress_callback_exceptions=True)


def first_page() -> html.Div:
    """The year, the figures and the charts."""
    years = dcc.Dropdown(visits.YEARS, visits.YEARS[-2], id="year", clearable=False)
    return html.Div([html.H1("Visits"), years, html.Div(id="shown")])


@callback(Output("shown", "children"), Input("year", "value"))
def show(year: int) -> list[html.Div]:
    """Figures and charts of a year."""
    tiles = [
        html.Div([html.Small(name), html.H3(value)], className="tile")
        for name, value in visits.figures(year).items()
    ]
    graphs = [dcc.Graph(figure=figure) for figure in visits.charts(year)]
    return [
        html.Div(tiles, style={"display": "grid", "gridTemplateColumns": "repeat(6, 1fr)"}),
        html.Div(graphs, style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
    ]


def second_page() -> html.Div:
    """Two charts over all years."""
    graphs = [dcc.Graph(figure=figure) for figure in visits.region_charts()]
    return html.Div([html.H1("Regions"), *graphs])


dash.register_page("first", path="/", layout=first_page)
dash.register_page("second", path="/regions", layout=second_page)
links = [dcc.Link(name, href=path) for name, path in (("Visits", "/"), ("Regions", "/regions"))]
app.layout = html.Div([html.Nav(links), dash.page_container])

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), debug=False)
