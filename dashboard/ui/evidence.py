"""What stands behind a value: why it is so, who claims what, definition, files, identifiers."""

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard.content.deciding import (
    Decision,
    bare_text,
    deciding_text,
    decisions,
    disputes_text,
    printed_text,
)
from dashboard.content.document import Cell
from dashboard.content.event_page import disputed_claims
from dashboard.content.named_centres import centre_facts
from dashboard.content.proofs import bound_paragraphs
from dashboard.content.report import Report
from dashboard.i18n import country_text, date_text, label, moment_text, record_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS, mark_meanings, sign_and_name
from dashboard.kpi import Reading
from dashboard.render.screen.claim_strip import Value, claim_strip
from dashboard.render.screen.html import draw
from dashboard.render.screen.tables import Heading, StyledCell, StyledRow, draw_table
from dashboard.render.screen.texts import Anchor, Toned, Words, draw_list, draw_text
from dashboard.settings import settings
from dashboard.store.answer import Answer, Build, Row
from dashboard.store.ask import Record
from dashboard.ui.answer_files import answer_files


def evidence_of_reading(record: Record, reading: Reading) -> None:
    """Everything behind the value of a reading, to be drawn into the drawer."""
    claims = _claims(record, reading)
    rows = claims.rows if claims is not None else ()
    proofs = (
        bound_paragraphs(record, reading.region, reading.year, reading.answer.build)
        if reading.bound is not None
        else ()
    )
    said = deciding_text(reading, rows)
    # A range, and a rank that others bound, are what the proof says of them.
    is_proven = bool(proofs) and (reading.value is None or reading.certain_rank is not None)
    sentences = [one.text for one in proofs] if is_proven else [said]
    if any(sentences):
        # The sign stays with its number.
        draw_text([one.replace("≈ ", "≈\u00a0") for one in sentences], "deciding")
    else:
        draw_text(_("No source in the record prints a value that could be settled on."))
    if rows:
        evidence_of_claims(rows)
    elif reading.answer.sources:
        sources_list(reading.answer.sources)
    elif proofs:
        printed = record.ask("proof", {"region": reading.region, "year": reading.year})
        named = {source for one in proofs for source in one.source_ids}
        sources_list([one for one in printed.sources if one["source_id"] in named])
    with st.expander(_("Definition and formula")):
        st.write(str(reading.metric.definition))
        if reading.metric.caveat:
            st.write(str(reading.metric.caveat))
        draw_text(mark_meanings()[reading.evidence])
        if not is_proven:
            draw_text([one.text for one in proofs])
        if claims is not None:
            _settling_rule()
    _files_and_identifiers(claims if rows and claims is not None else reading.answer, reading)


def evidence_of_cell(report: Report, cell: Cell, rows: Sequence[Row] = ()) -> None:
    """What vouches for a figure of a report: why it is so where claims of it are several.

    Else what its mark means, and the texts it rests on.

    Args:
        report: the report in which it stands.
        cell: the figure.
        rows: the rows of `claims` about it, if there are any.
    """
    if len(rows) > 1:
        draw_text([one.text for one in decisions(rows)], "deciding")
        evidence_of_claims(rows)
        return
    if cell.evidence in EVIDENCE_MARKS:
        meaning = mark_meanings()[cell.evidence]
        draw_text((Toned(sign_and_name(cell.evidence), "strong"), meaning), "deciding")
    named = set(cell.source_ids)
    sources = [source for source in report.sources if source.source_id in named]
    draw_text(_("Originals ({count})").format(count=len(sources)), "weak")
    draw_list(
        [
            (
                f"{source.publisher}.",
                Anchor(source.title, source.url) if source.url.startswith("http") else source.title,
                Toned(" · ".join(filter(None, (date_text(source.published_on), source.tier)))),
            )
            for source in sources
        ],
        "originals",
    )


def evidence_of_event(record: Record, event_id: str) -> None:
    """Of each figure of an event about which claims differ: why it is so, and who says what.

    Raises:
        UsageError: the record does not know the event.
    """
    rows = disputed_claims(record.ask("event_claims", {"event_id": event_id}).rows)
    draw_text(disputes_text(rows), "deciding")
    evidence_of_claims(rows)


def evidence_of_centre(answer: Answer, row: Row) -> None:
    """What the record knows of a promotion centre, and the texts in which it stands.

    Args:
        answer: of `map_centres`, with its sources.
        row: the centre.
    """
    draw("event_facts.html", facts=centre_facts(row))
    named = set(row["source_ids"])
    sources = [source for source in answer.sources if source["source_id"] in named]
    draw_text(_("Originals ({count})").format(count=len(sources)), "weak")
    sources_list(sources)


def evidence_of_claims(rows: Iterable[Row]) -> None:
    """Strip and table of the claims of one cell or several, and the links to the originals."""
    decided = decisions(rows)
    if len(decided) == 1:
        _strip(decided[0])
    claims_table(decided)
    with st.expander(
        _("Originals ({count})").format(count=sum(len(one.claims) for one in decided))
    ):
        sources_list([row for one in decided for row in one.claims])


def _strip(decision: Decision) -> None:
    counted = Counter(row["value"] for row in decision.claims)
    texts = {row["value"]: bare_text(row) for row in reversed(decision.claims)}
    chosen = decision.chosen["value"] if decision.chosen else None
    if len(counted) > 1:
        claim_strip(
            [Value(value, texts[value], count, value == chosen) for value, count in counted.items()]
        )


def _claims(record: Record, reading: Reading) -> Answer | None:
    """The claims behind a figure; None for a computed metric, which has sources only."""
    if reading.metric.question != "figure" or reading.metric.column != "value":
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


def claims_table(decided: Iterable[Decision]) -> None:
    """Every claim: what is settled on first, then its equals, then the others."""
    rows = [row for one in decided for row in one.claims]
    with_item = any(row["item"] for row in rows)
    draw_table(
        [
            *([_("Item")] if with_item else []),
            Heading(label("column", "value"), "number"),
            *(label("column", name) for name in ("publisher", "published_on")),
            label("column", "agreement"),
        ],
        [
            StyledRow(
                [
                    *([_item(row)] if with_item else []),
                    StyledCell(printed_text(row), "number", order=row["value"]),
                    _publisher(row),
                    StyledCell(
                        date_text(row["published_on"]), "date", order=row["published_on"] or ""
                    ),
                    StyledCell(_agreement(row), "agreement"),
                ],
                f"claim cr-claim-{row['agreement'].replace(' ', '-')}",
            )
            for row in rows
        ],
        _("Every claim in the record, and how it relates to the settled one"),
        key="claims",
        head=None,
    )


def _publisher(row: Row) -> Words:
    name = record_text(row["publisher"])
    return Anchor(name, row["url"]) if _is_linked(row) else name


def _is_linked(row: Row) -> bool:
    return (row["url"] or "").startswith("http")


def sources_list(rows: Iterable[Row]) -> None:
    """The texts in which the value stands: publisher, title, date, kind, and what is noted."""
    draw_list(list(dict.fromkeys(map(_original, rows))), "originals")


def _original(row: Row) -> tuple[Words, ...]:
    title = record_text(row["title"])
    beside = (date_text(row["published_on"]), label("tier", row["tier"]), _note(row))
    return (
        f"{record_text(row['publisher'])}.",
        Anchor(title, row["url"]) if _is_linked(row) else title,
        Toned(" · ".join(text for text in beside if text)),
    )


def _note(row: Row) -> str:
    return record_text(row.get("note"))


def _item(row: Row) -> Words:
    country = f" · {country_text(row['nationality'])}" if row["nationality"] else ""
    name = record_text(row["item_title"]) or label("programme", row["item"])
    return [name, Toned(country)] if country else name


def _agreement(row: Row) -> str:
    said = {
        "chosen": _("settled on"),
        "same": _("the same"),
        "rounded support": _("agrees rounded"),
        "dissent": _("differs"),
        "not compared": _("not compared"),
        "left out": _("left out"),
    }[row["agreement"]]
    status = f" · {label('status', row['status'])}" if row["status"] != "final" else ""
    return said + status


def _files_and_identifiers(answer: Answer, reading: Reading) -> None:
    draw_text(_("This figure as a file"), "weak")
    with st.container(horizontal=True):
        answer_files(answer, reading.name, "", "cr-evidence")
    with st.expander("ⓘ " + _("Identifiers, SQL and build")):
        asked = [reading.answer]
        if answer is not reading.answer:
            asked.append(answer)
        for one in asked:
            st.code(one.question.sql, language="sql", wrap_lines=True)
        if answer.question.name == "claims":
            rule = settings().queries / "marts" / "fct_claim.sql"
            st.code(rule.read_text(encoding="utf-8"), language="sql", wrap_lines=True)
            ids = [(row["claim_id"], row["source_id"]) for row in answer.rows]
            st.code("\n".join(" · ".join(pair) for pair in ids), language=None)
        st.json(reading.answer.parameters)
        build_note(reading.answer.build)


def build_note(build: Build) -> None:
    """The build and the snapshot from which everything here was read, behind one sign."""
    text = _("Snapshot {snapshot} of the record · build {build_id} · made {built_at}").format(
        snapshot=build.snapshot, build_id=build.build_id, built_at=moment_text(build.built_at)
    )
    draw("about.html", text=text)
