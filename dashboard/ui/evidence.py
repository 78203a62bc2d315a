"""What stands behind a value: definition, how it was computed, who claims what, which build."""

import streamlit as st

from dashboard.content.proofs import bound_paragraphs
from dashboard.content.readings import value_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.kpi import Reading
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.settings import settings
from dashboard.store.answer import Answer, Build
from dashboard.store.ask import Record


def evidence_of_reading(record: Record, reading: Reading) -> None:
    """Everything behind the value of a reading, to be drawn into a dialog."""
    metric = reading.metric
    value = value_text(reading)
    heading(f"{value} · {label('evidence', reading.evidence)}", 3)
    st.write(str(metric.definition))
    if metric.caveat:
        st.info(str(metric.caveat))
    if reading.bound is not None:
        proofs = bound_paragraphs(record, reading.region, reading.year, reading.answer.build)
        st.write("\n\n".join(one.text for one in proofs))
    claims = _claims(record, reading)
    if claims is not None and claims.rows:
        claims_table(claims)
    elif reading.answer.sources:
        draw("sources.html", sources=reading.answer.sources, caption=_("Sources of the value"))
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
    draw(
        "claims.html",
        claims=answer.rows,
        with_item=any(row["item"] for row in answer.rows),
        caption=_("Every claim in the record, and how it relates to the settled one"),
    )


def build_note(build: Build) -> None:
    """The build and the snapshot from which everything on the page was read."""
    st.caption(
        _("Snapshot {snapshot} of the record · build {build_id} · made {built_at}").format(
            snapshot=build.snapshot, build_id=build.build_id, built_at=build.built_at
        )
    )
