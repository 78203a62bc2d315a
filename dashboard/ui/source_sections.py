"""The sections of the sources page."""

import streamlit as st

from dashboard.catalogue import Metric, read_catalogue
from dashboard.i18n import date_text, label, language, record_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.settings import settings
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note
from dashboard.ui.coverage_matrix import coverage_matrix
from dashboard.ui.filter_bar import url_choice

_DEFAULT_METRIC = "foreign_patients"


def sources_headline(record: Record) -> None:
    """How many sources there are, of which kind, and how often they disagree."""
    sources = record.ask("sources").rows
    official = sum(row["tier"] == "official" for row in sources)
    st.markdown(
        "# "
        + _("{count} sources, {official} of them official; {disputes} disagreements").format(
            count=len(sources), official=official, disputes=len(record.ask("disputes").rows)
        )
    )


def coverage_section(record: Record) -> None:
    """The coverage matrix of a metric that the reader chooses; the choice is in the URL."""
    metrics = [metric for metric in read_catalogue(settings().queries).all() if _is_figure(metric)]
    names = {metric.id: metric.name.in_language(language()) for metric in metrics}
    st.markdown("## " + _("What the record covers"))
    chosen = url_choice(
        "metric", _("Metric"), list(names), _DEFAULT_METRIC, names.__getitem__, width=480
    )
    coverage_matrix(record, chosen, names[chosen])


def _is_figure(metric: Metric) -> bool:
    return metric.question == "figure" and metric.column == "value"


def disputes_section(record: Record) -> None:
    """Every pair of statements that do not agree."""
    answer = record.ask("disputes")
    st.markdown("## " + _("Where sources disagree ({count})").format(count=len(answer.rows)))
    draw(
        "disputes.html",
        rows=answer.rows,
        caption=_("Two statements that do not agree, and how to read them"),
    )
    data_note(answer, "disputes")


def sources_section(record: Record) -> None:
    """Every source with tier, date and link; searchable and sortable."""
    answer = record.ask("sources")
    st.markdown("## " + _("Sources ({count})").format(count=len(answer.rows)))
    columns = {
        "publisher": label("column", "publisher"),
        "title": label("column", "title"),
        "tier": label("column", "tier"),
        "published_on": label("column", "published_on"),
        "figure_count": label("column", "figures_count"),
        "url": label("column", "url"),
        "source_id": label("column", "source_id"),
    }
    rows = [
        {
            columns["publisher"]: record_text(row["publisher"]),
            columns["title"]: record_text(row["title"]),
            columns["tier"]: label("tier", row["tier"]),
            columns["published_on"]: date_text(row["published_on"]),
            columns["figure_count"]: row["figure_count"],
            columns["url"]: row["url"] if (row["url"] or "").startswith("http") else None,
            columns["source_id"]: row["source_id"],
        }
        for row in answer.rows
    ]
    st.dataframe(
        rows,
        hide_index=True,
        key="sources-table",
        height=560,
        column_config={columns["url"]: st.column_config.LinkColumn()},
    )
    data_note(answer, "sources")


def dictionary_section() -> None:
    """Every metric with definition, unit, direction and caveat."""
    metrics = read_catalogue(settings().queries).all()
    st.markdown("## " + _("Data dictionary ({count} metrics)").format(count=len(metrics)))
    draw(
        "dictionary.html",
        metrics=[
            {
                "id": metric.id,
                "name": metric.name.in_language(language()),
                "definition": metric.definition.in_language(language()),
                "caveat": metric.caveat.in_language(language()) if metric.caveat else "",
                "terms": " · ".join(
                    (
                        _("unit {unit}").format(unit=label("unit", metric.unit)),
                        label("direction", metric.direction),
                        _("may be added over regions")
                        if metric.additive
                        else _("never added over regions"),
                        _("question {question}").format(question=metric.question),
                    )
                ),
            }
            for metric in metrics
        ],
    )
