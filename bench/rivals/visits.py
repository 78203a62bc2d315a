"""What all of them show of the visits: six figures and four charts of a year, out of Parquet."""

import os
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

FILE = Path(os.environ["BENCH_VISITS"])
_connection = duckdb.connect()
_connection.read_parquet(str(FILE)).create_view("visits")


def ask(sql: str, **parameters: object) -> pd.DataFrame:
    """Rows of a query; `visits` is the file."""
    return _connection.cursor().execute(sql, parameters).df()


YEARS: list[int] = ask("SELECT DISTINCT year FROM visits ORDER BY 1")["year"].tolist()


def figures(year: int) -> dict[str, str]:
    """Six figures under their names."""
    row = ask(
        """SELECT count(*) AS visits_made, count(DISTINCT institution) AS institutions,
           count(DISTINCT nationality) AS nationalities, sum(spending_krw) AS spending,
           median(spending_krw) AS median_spending, avg(is_first_visit::INT) AS first_visits
           FROM visits WHERE year = $year""",
        year=year,
    ).iloc[0]
    return {
        "Visits": f"{row.visits_made:,.0f}",
        "Institutions": f"{row.institutions:,.0f}",
        "Nationalities": f"{row.nationalities:,.0f}",
        "Spending, KRW bn": f"{row.spending / 1e9:,.1f}",
        "Median spending, KRW": f"{row.median_spending:,.0f}",
        "First visits": f"{row.first_visits:.0%}",
    }


def charts(year: int) -> list[Figure]:
    """Four charts of a year."""
    return [
        px.bar(_counted("region", year), x="region", y="visits_made", title="By region"),
        px.bar(_counted("nationality", year), x="nationality", y="visits_made", title="By country"),
        px.bar(_counted("department", year), x="visits_made", y="department", title="Departments"),
        px.line(_counted("month", year), x="month", y="visits_made", title="By month"),
    ]


def region_charts() -> list[Figure]:
    """Two charts over all years, for a second page."""
    rows = ask(
        """SELECT year, region, count(*) AS visits_made, avg(spending_krw) AS spending
           FROM visits GROUP BY ALL ORDER BY ALL"""
    )
    return [
        px.line(rows, x="year", y="visits_made", color="region", title="Visits by region"),
        px.line(rows, x="year", y="spending", color="region", title="Spending by region"),
    ]


def _counted(column: str, year: int) -> pd.DataFrame:
    return ask(
        f"""SELECT {column}, count(*) AS visits_made FROM visits WHERE year = $year
            GROUP BY ALL ORDER BY {"1" if column == "month" else "2 DESC"} LIMIT 20""",
        year=year,
    )
