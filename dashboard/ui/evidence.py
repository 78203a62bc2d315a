"""What stands behind a value: definition, how it was computed, who claims what, which build."""

import streamlit as st

from dashboard.content.deciding import deciding_text
from dashboard.content.proofs import bound_paragraphs
from dashboard.content.readings import value_text
from dashboard.i18n import country_text, date_text, figure_text, label, moment_text, record_text
from dashboard.i18n import gettext as _
from dashboard.kpi import Reading
from dashboard.render.screen.markdown import heading
from dashboard.render.screen.tables import StyledCell, StyledRow, draw_table
from dashboard.render.screen.texts import Anchor, Toned, Words, draw_text
from dashboard.settings import settings
from dashboard.store.answer import Answer, Build, Row
from dashboard.store.ask import Record


def evidence_of_reading(record: Record, reading: Reading) -> None:
    """Everything behind the value of a reading, to be drawn into a dialog."""
    metric = reading.metric
    value = value_text(reading)
    heading(f"{value} · {label('evidence', reading.evidence)}", 3)
    claims = _claims(record, reading)
    draw_text(deciding_text(reading, claims.rows if claims is not None else ()), "deciding")
    st.write(str(metric.definition))
    if metric.caveat:
        st.info(str(metric.caveat))
    if reading.bound is not None:
        proofs = bound_paragraphs(record, reading.region, reading.year, reading.answer.build)
        st.write("\n\n".join(one.text for one in proofs))
    if claims is not None and claims.rows:
        claims_table(claims)
    elif reading.answer.sources:
        _sources_table(reading.answer)
    else:
        st.write(_("No source in the record prints a value that could be settled on."))
    if claims is not None:
        _settling_rule()
    with st.expander(_("How it is computed (SQL)")):
        st.code(reading.answer.question.sql, language="sql", wrap_lines=True)
        if claims is not None:
            st.code(
                (settings().queries / "marts" / "fct_claim.sql").read_text(encoding="utf-8"),
                language="sql",
                wrap_lines=True,
            )
        st.json(reading.answer.parameters)
    build_note(reading.answer.build)


def _claims(record: Record, reading: Reading) -> Answer | None:
    """The claims behind a figure; None for a computed metric, which has sources only."""
    if reading.metric.question != "figure":
        return None
    asked: dict[str, object] = {
        "metric": reading.metric.params["metric"],
        "region": reading.region,
        "year": reading.year,
    }
    return record.ask("claims", asked)


def _settling_rule() -> None:
    """How one of several claims becomes the figure, in the order in which it is decided."""
    steps = (
        _("claims marked as errors are left out"),
        _("final before provisional before estimate before expected"),
        _("what others print before what an office hands in about itself"),
        _("exact before approximate"),
        _("official before journal before newspaper before other"),
        _("the value that more publishers print, such an office never being one of them"),
        _("the later publication date"),
    )
    numbered = " · ".join(f"{place}. {step}" for place, step in enumerate(steps, 1))
    st.caption(_("The figure is chosen in this order:") + " " + numbered)


def claims_table(answer: Answer) -> None:
    """Every claim of an answer to `claims`, the settled one first."""
    with_item = any(row["item"] for row in answer.rows)
    names = ("value", "agreement", "publisher", "published_on", "tier", "note")
    draw_table(
        [*([_("Item")] if with_item else []), *(label("column", name) for name in names)],
        [
            StyledRow(
                [
                    *([_item(row)] if with_item else []),
                    StyledCell(figure_text(row), "number"),
                    StyledCell(_agreement(row), "agreement"),
                    _publisher(row),
                    StyledCell(date_text(row["published_on"]), "date"),
                    label("tier", row["tier"]),
                    record_text(row["note"]),
                ],
                f"claim cr-claim-{row['agreement'].replace(' ', '-')}",
            )
            for row in answer.rows
        ],
        _("Every claim in the record, and how it relates to the settled one"),
        head=None,
    )


def _sources_table(answer: Answer) -> None:
    draw_table(
        [label("column", name) for name in ("publisher", "published_on", "tier")],
        [
            [
                _publisher(row),
                StyledCell(date_text(row["published_on"]), "date"),
                label("tier", row["tier"]),
            ]
            for row in answer.sources
        ],
        _("Sources of the value"),
        head=None,
    )


def _publisher(row: Row) -> Words:
    """Who published it, leading to where it stands, above what it is."""
    name = record_text(row["publisher"])
    is_linked = (row["url"] or "").startswith("http")
    return [
        Anchor(name, row["url"]) if is_linked else name,
        Toned(f"{record_text(row['title'])} · {row['source_id']}"),
    ]


def _item(row: Row) -> Words:
    country = f" · {country_text(row['nationality'])}" if row["nationality"] else ""
    name = record_text(row["item_title"]) or label("programme", row["item"])
    return [name, (Toned(row["item"] or ""), country)]


def _agreement(row: Row) -> str:
    status = f" · {label('status', row['status'])}" if row["status"] != "final" else ""
    return label("agreement", row["agreement"]) + status


def build_note(build: Build) -> None:
    """The build and the snapshot from which everything on the page was read."""
    st.caption(
        _("Snapshot {snapshot} of the record · build {build_id} · made {built_at}").format(
            snapshot=build.snapshot, build_id=build.build_id, built_at=moment_text(build.built_at)
        )
    )
