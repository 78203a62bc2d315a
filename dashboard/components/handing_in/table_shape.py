"""How a wide table was understood, cell by cell, and the choices that correct it."""

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from dashboard.components.handing_in.staged import Upload
from dashboard.components.handing_in.wording import column_title, plain
from dashboard.components.html import draw
from dashboard.i18n import gettext as _
from dashboard.i18n import language, number_text
from dashboard.intake.codes import titles
from dashboard.intake.contract import Contract, Field, is_quantity
from dashboard.intake.delivery import Delivery
from dashboard.intake.findings import Finding
from dashboard.intake.layout import LEFT_OUT, TOTALS, Kind, Shape, TableLayout
from dashboard.intake.sheets import column_letters

_LINES, _LAST_LINES, _COLUMNS = 12, 4, 14
"""Of the sheet that is shown."""
_PREVIEW = 8
_YEARS = [str(year) for year in range(2040, 1999, -1)]


def chosen_shape(upload: Upload) -> Shape | None:
    """What the reader chose about the table of this upload; None as long as nothing was."""
    shape: Shape | None = st.session_state.get(_key(upload))
    return shape


def shape_step(contract: Contract, delivery: Delivery, upload: Upload) -> None:
    """Draw the table as understood, its rows, and the choices: open where one has to be made."""
    layout = delivery.layout
    if layout is None:
        return
    st.markdown("### " + _("How the table was understood"))
    if layout.remembered:
        st.caption(_("The table was read as you chose it for an earlier one of its kind."))
    _grid(contract, delivery, layout)
    if layout.is_open:
        draw("notice.html", text=_("The table does not say everything. Choose it below."))
        _form(contract, delivery, layout, upload)
        return
    _preview(contract, delivery)
    with st.expander(_("Correct how the table is read")):
        _form(contract, delivery, layout, upload)


def same_for_all_step(contract: Contract, delivery: Delivery, upload: Upload) -> None:
    """Ask for what no header of a list says: the same value in all rows, or a wide table."""
    names = [name for name in delivery.missing if _options(contract.column(name))]
    with st.expander(_("It stands in no column")):
        fixed = dict(_fixed(contract, delivery, names, upload))
        if fixed and st.button(_("The same in all rows"), key="handing-in-same"):
            choose_shape(delivery, upload, Shape(fixed=fixed))
        if st.button(_("Its values stand in several columns"), key="handing-in-wide"):
            choose_shape(delivery, upload, Shape(wide=True))


def unit_step(
    contract: Contract, delivery: Delivery, findings: Sequence[Finding], upload: Upload
) -> None:
    """A choice for each unit that was not clear."""
    by_title = {column.title[language()]: column.name for column in contract.fields}
    found = {
        (finding.column, finding.expected): finding
        for finding in reversed(findings)
        if finding.rule.startswith("unit-") and finding.rule != "unit-cell"
    }
    asked = [finding for finding in found.values() if finding.column in by_title]
    if not asked:
        return
    st.markdown("### " + _("Which unit?"))
    with st.form(f"handing-in-units-{upload.file_id}", border=False):
        chosen: dict[str, list[str]] = {}
        with st.container(horizontal=True):
            for place, finding in enumerate(asked):
                unit = _unit_box(finding, place, upload)
                if unit:
                    chosen.setdefault(by_title[finding.column], []).append(unit)
        if st.form_submit_button(_("Use these units"), type="primary"):
            units = {name: ", ".join(dict.fromkeys(words)) for name, words in chosen.items()}
            choose_shape(delivery, upload, Shape(units=units))


def _unit_box(finding: Finding, place: int, upload: Upload) -> str | None:
    unit: str | None = st.selectbox(
        plain(f"{finding.column}: {finding.value}"),
        finding.expected.split(", "),
        index=None,
        placeholder=_("choose"),
        key=f"handing-in-unit-{upload.file_id}-{place}",
        width=240,
    )
    return unit


def _key(upload: Upload) -> str:
    return f"handing-in-shape-{upload.file_id}"


def choose_shape(delivery: Delivery, upload: Upload, shape: Shape) -> None:
    """Add choices to those made about the table of this upload, and read it again."""
    st.session_state[_key(upload)] = delivery.shape.under(shape)
    st.rerun()


def _kind_words() -> dict[Kind, str]:
    return {
        "title": _("title"),
        "unit": _("unit"),
        "header": _("header"),
        "label": _("label"),
        "number": _("value"),
        "total": _("total"),
        "note": _("note"),
        "unread": _("not read"),
    }


def _grid(contract: Contract, delivery: Delivery, layout: TableLayout) -> None:
    """The sheet with what each line and column is, in words and in colour."""
    words = _kind_words()
    lines = list(delivery.lines)
    if len(lines) > _LINES + _LAST_LINES:
        lines = lines[:_LINES] + lines[-_LAST_LINES:]
    width = min(_COLUMNS, max(len(line.cells) for line in lines))
    rows = []
    for line in lines:
        kinds = [layout.kind_of(line.number, place) for place in range(width)]
        cells = (*line.cells, *("",) * width)[:width]
        rows.append(
            {
                "line": line.number,
                "kind": _line_words(layout, line.number, words),
                "cells": list(zip(cells, kinds, strict=True)),
            }
        )
    draw(
        "handing_in_layout.html",
        columns=[
            (column_letters(place), _column_words(contract, layout, place, words))
            for place in range(width)
        ],
        rows=rows,
        words=words,
        caption=_("The table as it was understood: what each line and column is"),
    )


def _line_words(layout: TableLayout, line: int, words: Mapping[Kind, str]) -> str:
    if line in layout.data_lines:
        return words["number"]
    return words[layout.kind_of(line, 0)]


def _column_words(
    contract: Contract, layout: TableLayout, place: int, words: Mapping[Kind, str]
) -> str:
    for label in layout.labels:
        if label.place == place:
            return _role_name(contract, label.column)
    return next((words[value.kind] for value in layout.values if value.place == place), "")


def _role_name(contract: Contract, role: str | None) -> str:
    if role is None:
        return _("not known")
    special = {
        TOTALS: _("not in the record: only totals are read"),
        LEFT_OUT: _("do not read"),
        "amount": _("which amount"),
    }
    return special.get(role) or column_title(contract, role)


def _preview(contract: Contract, delivery: Delivery) -> None:
    """The first rows as they would be taken in."""
    columns = [name for name in delivery.columns if name]
    draw(
        "handing_in_preview.html",
        titles=[column_title(contract, name) for name in columns],
        rows=[
            {
                "origin": row.origins.get("value") or next(iter(row.origins.values()), ""),
                "cells": [
                    _shown(contract.column(name), text)
                    for name, text in zip(columns, row.cells, strict=True)
                ],
            }
            for row in delivery.rows[:_PREVIEW]
        ],
        caption=_("Rows that the table becomes: the first {shown} of {count}").format(
            shown=min(_PREVIEW, len(delivery.rows)), count=number_text(len(delivery.rows))
        ),
    )


def _shown(column: Field, text: str) -> str:
    return titles(column, language()).get(text, text)


def _form(contract: Contract, delivery: Delivery, layout: TableLayout, upload: Upload) -> None:
    """All choices about a table in one form; they are kept for the next table of its kind."""
    with st.form(f"handing-in-shape-form-{upload.file_id}", border=False):
        with st.container(horizontal=True, key="cr-handing-in-shape"):
            labels = dict(_labels(contract, layout, upload))
            across = dict(_across(contract, layout, upload))
            names = dict.fromkeys((*layout.missing, *layout.from_title, *layout.fixed))
            fixed = dict(_fixed(contract, delivery, list(names), upload))
            words = dict(_words(contract, layout, upload))
        st.caption(_("The choice is remembered for the next table of this kind."))
        if st.form_submit_button(_("Read it so"), type="primary"):
            choose_shape(
                delivery,
                upload,
                Shape(labels=labels, across=across, fixed=fixed, words=words),
            )
    if st.button(_("It is a list with one value a row"), key="handing-in-list"):
        choose_shape(delivery, upload, Shape(wide=False))


def _labels(contract: Contract, layout: TableLayout, upload: Upload) -> Iterator[tuple[str, str]]:
    amounts = {column.name for column in contract.fields if is_quantity(column)}
    roles = [column.name for column in contract.fields if column.name not in amounts]
    for label in layout.labels:
        if label.header:
            title = _("Column {letters}: {header}").format(
                letters=column_letters(label.place), header=label.header
            )
            role = _role_box(contract, title, roles, label.column, f"label-{label.place}", upload)
            if role is not None and role != label.column:
                yield label.header, role


def _across(contract: Contract, layout: TableLayout, upload: Upload) -> Iterator[tuple[str, str]]:
    roles = [column.name for column in contract.fields if column.codes or column.type == "year"]
    for one in layout.across:
        told = ", ".join(list(dict.fromkeys(word for word in one.words.values() if word))[:3])
        title = _("Header on line {line}: {words} …").format(line=one.line, words=told)
        role = _role_box(contract, title, roles, one.column, f"across-{one.number}", upload)
        if role is not None and role != one.column:
            yield str(one.number), role


def _role_box(
    contract: Contract, title: str, roles: list[str], now: str | None, key: str, upload: Upload
) -> str | None:
    options = [*roles, TOTALS, LEFT_OUT]
    if now is not None and now not in options:
        options.append(now)
    role: str | None = st.selectbox(
        plain(title),
        options,
        index=None if now is None else options.index(now),
        format_func=lambda option: _role_name(contract, option),
        placeholder=_("choose"),
        key=f"handing-in-shape-{upload.file_id}-{key}",
        width=300,
    )
    return role


def _fixed(
    contract: Contract, delivery: Delivery, names: list[str], upload: Upload
) -> Iterator[tuple[str, str]]:
    layout = delivery.layout
    told = {**layout.from_title, **layout.fixed} if layout else {}
    for name in names:
        options = _options(contract.column(name))
        now = told.get(name)
        value: str | None = st.selectbox(
            plain(_("{column} of all rows").format(column=column_title(contract, name))),
            list(options),
            index=list(options).index(now) if now in options else None,
            format_func=options.__getitem__,
            placeholder=_("choose"),
            key=f"handing-in-shape-{upload.file_id}-fixed-{name}",
            width=300,
        )
        if value is not None:
            yield name, value


def _options(column: Field) -> dict[str, str]:
    """Values to choose from, with their titles."""
    return {year: year for year in _YEARS} if column.type == "year" else titles(column, language())


def _words(contract: Contract, layout: TableLayout, upload: Upload) -> Iterator[tuple[str, str]]:
    for name, words in layout.unknown_words.items():
        options = {"": _("leave out"), **_options(contract.column(name))}
        for word in words:
            code: str | None = st.selectbox(
                plain(_("“{word}” stands for").format(word=word)),
                list(options),
                index=None,
                format_func=options.__getitem__,
                placeholder=_("choose"),
                key=f"handing-in-shape-{upload.file_id}-word-{name}-{word}",
                width=300,
            )
            if code is not None:
                yield word, code
