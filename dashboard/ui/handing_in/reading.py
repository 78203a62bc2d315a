"""How a file was read, and which of its columns is which."""

import streamlit as st

from dashboard.contract import Contract
from dashboard.i18n import gettext as _
from dashboard.i18n import number_text
from dashboard.intake.delivery import Delivery
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import draw_text
from dashboard.ui.handing_in.staged import Upload
from dashboard.ui.handing_in.wording import column_title, rows_text, size_text

_LEFT_OUT = ""
_SAMPLES = 3
_SAMPLE_LETTERS = 60


def chosen_mapping(upload: Upload) -> dict[str, str] | None:
    """Header → column as the reader chose it for this upload; None as long as nothing was."""
    mapping: dict[str, str] | None = st.session_state.get(f"handing-in-mapping-{upload.file_id}")
    return mapping


def how_it_was_read(contract: Contract, delivery: Delivery, row_count: int | None) -> None:
    """Say format, encoding, separator, header and columns.

    Args:
        contract: of the table.
        delivery: the file.
        row_count: rows below the header; None while they are not counted.
    """
    separators = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
    recognised = [
        delivery.format.upper(),
        _("UTF-8 with BOM") if "BOM" in delivery.encoding else delivery.encoding,
        separators.get(delivery.delimiter, delivery.delimiter) if delivery.encoding else "",
        _("sheet “{sheet}”").format(sheet=delivery.sheet) if delivery.sheet else "",
        _("header on line {line}").format(line=delivery.header_line)
        if delivery.header_line
        else "",
    ]
    columns = ", ".join(
        f"{header} → {column_title(contract, column)}"
        for header, column in delivery.mapping.items()
        if column and header != column_title(contract, column)
    )
    left_out = [
        header for header in delivery.headers if header and not _column_of(delivery, header)
    ]
    facts = [
        (_("File"), f"{delivery.name} ({size_text(delivery.size)})"),
        (_("Recognised"), ", ".join(filter(None, recognised))),
        (_("Rows"), rows_text(row_count) if row_count is not None else ""),
        (
            _("Columns"),
            _("{known} of {count} recognised").format(
                known=number_text(sum(bool(column) for column in delivery.mapping.values())),
                count=number_text(len(delivery.headers)),
            )
            if delivery.headers
            else "",
        ),
        (_("Read as"), columns),
        (_("Not read"), ", ".join(left_out)),
    ]
    draw("event_facts.html", facts=facts)
    if delivery.remembered:
        st.caption(_("The columns were taken as you chose them for an earlier file of this shape."))


def mapping_step(contract: Contract, delivery: Delivery, upload: Upload) -> None:
    """Ask which column is which: open where required ones are missing, else behind a title."""
    if not delivery.headers:
        return
    if delivery.missing:
        missing = ", ".join(column_title(contract, name) for name in delivery.missing)
        st.markdown("### " + _("Which column is which?"))
        draw_text(
            _("No header was found for: {columns}. Choose it below.").format(columns=missing),
            "box",
            role="status",
        )
        _mapping_form(contract, delivery, upload)
    elif (
        delivery.unmapped
        or delivery.remembered
        or chosen_mapping(upload) is not None
        or any(finding.rule == "header-twice" for finding in delivery.findings)
    ):
        with st.expander(_("Which column is which?")):
            _mapping_form(contract, delivery, upload)


def _mapping_form(contract: Contract, delivery: Delivery, upload: Upload) -> None:
    """One choice a header, with some of its values. The choice is kept for files of this shape."""
    options = [_LEFT_OUT, *(column.name for column in contract.fields)]

    def name_of(option: str) -> str:
        return column_title(contract, option) if option else _("do not read")

    chosen: dict[str, str] = {}
    with st.form(f"handing-in-columns-{upload.file_id}", border=False):
        with st.container(horizontal=True, key="cr-handing-in-mapping"):
            for place, header in enumerate(delivery.headers):
                if not header or header in chosen:
                    continue
                with st.container(width=300):
                    chosen[header] = st.selectbox(
                        literal(header),
                        options,
                        index=options.index(_column_of(delivery, header)),
                        format_func=name_of,
                        key=f"handing-in-column-{upload.file_id}-{place}",
                    )
                    sample = " · ".join(_samples(delivery, place)) or _("no values")
                    draw_text(sample, "weak cr-sample")
        st.caption(_("The choice is remembered for the next file with these headers."))
        if st.form_submit_button(_("Use these columns"), type="primary"):
            st.session_state[f"handing-in-mapping-{upload.file_id}"] = chosen
            st.rerun()


def _column_of(delivery: Delivery, header: str) -> str:
    return delivery.mapping.get(header, _LEFT_OUT)


def _samples(delivery: Delivery, place: int) -> list[str]:
    """Some different values of a column, short."""
    values = (row.cells[place].strip() for row in delivery.rows if place < len(row.cells))
    found: dict[str, None] = {}
    for value in values:
        if value:
            found[value[:_SAMPLE_LETTERS]] = None
        if len(found) == _SAMPLES:
            break
    return list(found)
