"""How a wide table was understood, cell by cell, and the choices that correct it."""

from collections.abc import Iterator, Sequence

import streamlit as st

from dashboard.contract import Contract, Field, is_quantity
from dashboard.i18n import gettext as _
from dashboard.i18n import language, number_text
from dashboard.intake.codes import titles
from dashboard.intake.delivery import Delivery
from dashboard.intake.findings import Finding
from dashboard.intake.layout import LEFT_OUT, TOTALS, Shape, TableLayout
from dashboard.intake.sheets import column_letters
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import draw_text
from dashboard.ui.handing_in.staged import Upload
from dashboard.ui.handing_in.table_grid import draw_grid, role_name
from dashboard.ui.handing_in.table_place import choose_shape, place_form, submit_choice
from dashboard.ui.handing_in.wording import column_title

_PREVIEW = 8
_YEARS = [str(year) for year in range(2040, 1999, -1)]


def shape_step(contract: Contract, delivery: Delivery, upload: Upload) -> None:
    """Draw the table as understood, its rows, and the choices: open where one has to be made."""
    layout = delivery.layout
    if layout is None:
        return
    st.markdown("### " + _("How the table was understood"))
    if layout.remembered:
        st.caption(_("The table was read as you chose it for an earlier one of its kind."))
    draw_grid(contract, delivery, layout)
    for finding in delivery.findings:
        if finding.rule == "only-months":
            draw_text(f"{finding.value}: {finding.rule_text()}", "box", role="status")
    if layout.asks_for_metric:
        draw_text(_title_words(contract, layout), "box", role="status")
    elif layout.is_open:
        draw_text(_("The table does not say everything. Choose it below."), "box", role="status")
    if must_choose(delivery):
        _form(contract, delivery, layout, upload)
        with st.expander(_("Another header or table")):
            place_form(delivery, layout, upload)
        return
    _preview(contract, delivery)
    with st.expander(_("Correct how the table is read")):
        place_form(delivery, layout, upload)
        _form(contract, delivery, layout, upload)


def must_choose(delivery: Delivery) -> bool:
    """Whether a wide table waits for a choice, or for a metric of its title to be confirmed."""
    layout = delivery.layout
    return layout is not None and (layout.is_open or layout.asks_for_metric)


def _title_words(contract: Contract, layout: TableLayout) -> str:
    code = layout.from_title["metric"]
    return _("The metric stands in the title alone: “{title}”. Confirm “{metric}” below.").format(
        title=layout.title_words["metric"],
        metric=_shown(contract.column("metric"), code),
    )


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
    by_title = contract.by_heading
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
                    chosen.setdefault(by_title[finding.column].name, []).append(unit)
        if st.form_submit_button(_("Use these units"), type="primary"):
            units = {name: ", ".join(dict.fromkeys(words)) for name, words in chosen.items()}
            choose_shape(delivery, upload, Shape(units=units))


def _unit_box(finding: Finding, place: int, upload: Upload) -> str | None:
    unit: str | None = st.selectbox(
        literal(f"{finding.column}: {finding.value}"),
        finding.expected.split(", "),
        index=None,
        placeholder=_("choose"),
        key=f"handing-in-unit-{upload.file_id}-{place}",
        width=240,
    )
    return unit


def _preview(contract: Contract, delivery: Delivery) -> None:
    """The first rows as they would be taken in."""
    columns = [name for name in delivery.columns if name]
    draw_table(
        [*(column_title(contract, name) for name in columns), Heading(_("Cell"), "date")],
        [
            [
                *(
                    StyledCell(_shown(contract.column(name), text), "cell")
                    for name, text in zip(columns, row.cells, strict=True)
                ),
                row.origins.get("value") or next(iter(row.origins.values()), ""),
            ]
            for row in delivery.rows[:_PREVIEW]
        ],
        _("Rows that the table becomes: the first {shown} of {count}").format(
            shown=min(_PREVIEW, len(delivery.rows)), count=number_text(len(delivery.rows))
        ),
        "preview",
        head=None,
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
        if submit_choice(_("Read it so")):
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
        sample = ", ".join(list(dict.fromkeys(word for word in one.words.values() if word))[:3])
        title = _("Header on line {line}: {words} …").format(line=one.line, words=sample)
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
        literal(title),
        options,
        index=None if now is None else options.index(now),
        format_func=lambda option: role_name(contract, option),
        placeholder=_("choose"),
        key=f"handing-in-shape-{upload.file_id}-{key}",
        width=300,
    )
    return role


def _fixed(
    contract: Contract, delivery: Delivery, names: list[str], upload: Upload
) -> Iterator[tuple[str, str]]:
    layout = delivery.layout
    stated = {**layout.from_title, **layout.fixed} if layout else {}
    for name in names:
        options = _options(contract.column(name))
        now = stated.get(name)
        value: str | None = st.selectbox(
            literal(_("{column} of all rows").format(column=column_title(contract, name))),
            list(options),
            index=list(options).index(now) if now in options else None,
            format_func=options.__getitem__,
            placeholder=_("choose"),
            key=f"handing-in-shape-{upload.file_id}-fixed-{name}",
            width=300,
        )
        if value is not None:
            yield name, value


def _whole(words: Sequence[str], upload: Upload) -> Iterator[tuple[str, str]]:
    word: str | None = st.selectbox(
        _("Which of these is the whole?"),
        list(dict.fromkeys(words)),
        index=None,
        placeholder=_("choose"),
        key=f"handing-in-shape-{upload.file_id}-whole",
        width=300,
    )
    if word is not None:
        yield word, "*"


def _options(column: Field) -> dict[str, str]:
    """Values to choose from, with their titles."""
    return {year: year for year in _YEARS} if column.type == "year" else titles(column, language())


def _words(contract: Contract, layout: TableLayout, upload: Upload) -> Iterator[tuple[str, str]]:
    """What words stand for: those that are not known, and totals, which are else left out."""
    for name in dict.fromkeys((*layout.unknown_words, *layout.total_words)):
        if name == TOTALS:
            yield from _whole(layout.unknown_words[name], upload)
            continue
        column = contract.column(name)
        options = {"": _("leave out"), **_options(column)}
        if not column.constraints.get("required"):
            options = {"": options.pop(""), "*": _("all of them together"), **options}
        for word in (*layout.unknown_words.get(name, ()), *layout.total_words.get(name, ())):
            code: str | None = st.selectbox(
                literal(_("“{word}” stands for").format(word=word)),
                list(options),
                index=None,
                format_func=options.__getitem__,
                placeholder=_("choose"),
                key=f"handing-in-shape-{upload.file_id}-word-{name}-{word}",
                width=300,
            )
            if code is not None:
                yield word, code
