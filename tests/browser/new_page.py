"""A dashboard with one page more: one function that composes it, and one entry in the registry.

Run as the dashboard's own command: `python tests/browser/new_page.py serve --port 8600`.
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dashboard.__main__ import main
from dashboard.content.assembly import assemble
from dashboard.content.document import Paragraph, Section
from dashboard.content.figure_charts import trend_chart
from dashboard.content.figures import key_figures
from dashboard.content.pages import PAGES, Page, Parameters
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp

PATH = "grants-in-short"
FINDING = "What was granted, in short"


def grants_in_short(context: QueryContext, asked: Parameters, stamp: Stamp) -> Report:
    """One key figure and one chart."""
    metric = context.metric("cluster_grant_krw")
    region, year = asked["region"], asked["year"]
    blocks: tuple[Any, ...] = (
        Paragraph("A sentence of the new page."),
        key_figures(context, context.readings([metric], region, year)),
        trend_chart(context, metric, region, year),
    )
    sections = (Section(FINDING, blocks),)
    return assemble("grants-in-short", FINDING, sections, context, stamp, is_led=True)


NEW = Page(
    PATH,
    PATH,
    lambda: "Grants in short",
    "view",
    ("region", "year"),
    compose=grants_in_short,
)

if __name__ == "__main__":
    PAGES[PATH] = NEW
    sys.exit(main(sys.argv[1:]))
