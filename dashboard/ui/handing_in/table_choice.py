"""Which table is handed in: what it holds, its form to fill in, and what its columns mean."""

from functools import partial
from itertools import product

import streamlit as st

from dashboard.content.document import Cell, Column, Paragraph, Section, Table
from dashboard.contract import Contract, Field, city_contracts
from dashboard.i18n import LANGUAGES, in_page_language, language, language_name
from dashboard.i18n import gettext as _
from dashboard.intake.codes import titles
from dashboard.intake.templates import make_template
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.page import draw_sections
from dashboard.render.screen.tables import draw_table
from dashboard.render.screen.texts import Toned, Words
from dashboard.ui.filter_bar import url_choice

_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_CODES_SHOWN = 20


def table_choice() -> Contract:
    """Draw the choice of the table, which is in the URL, with its form and its columns."""
    contracts = city_contracts()
    names = {name: contract.heading for name, contract in contracts.items()}
    chosen = url_choice(
        "table", _("What do you have?"), list(names), next(iter(names)), names.__getitem__, 320
    )
    contract = contracts[chosen]
    about = {name: one.descriptions[language()] for name, one in contracts.items()}
    titles_ = (Column("table", _("Table")), Column("holds", _("What it holds")))
    rows = tuple((Cell(names[name]), Cell(text)) for name, text in about.items())
    draw_sections(
        Section("", (Paragraph(about[chosen]),)),
        Section(_("What the tables are for"), (Table("", titles_, rows),), is_folded=True),
    )
    with st.expander(_("Empty form and columns of “{table}”").format(table=names[chosen])):
        _forms(contract)
        draw_table(
            [_("Column"), _("Needed"), _("What it holds"), _("Example")],
            [_column(column) for column in contract.fields],
            _("Headers in Korean or English, in any order; further columns may stay."),
            key="form-columns",
        )
    return contract


def _forms(contract: Contract) -> None:
    with st.container(horizontal=True):
        for in_language, suffix in product(LANGUAGES, _MIME):
            key = f"handing-in-form-{suffix}-{in_language}"
            text = f"{suffix.upper()} · {language_name(in_language)}"
            form_button(contract, suffix, in_language, key, text)


def form_button(
    contract: Contract, suffix: str, in_language: str, key: str, text: str = ""
) -> None:
    """Draw the button that saves an empty form of a table."""
    title = contract.title[in_language]
    st.download_button(
        text or literal(_("Empty form “{table}” (XLSX)").format(table=title)),
        data=in_page_language(partial(make_template, contract, in_language, suffix)),
        file_name=f"{title}.{suffix}",
        mime=_MIME[suffix],
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


def _column(column: Field) -> list[Words]:
    codes = titles(column, language())
    values = ", ".join(list(codes.values())[:_CODES_SHOWN])
    if len(codes) > _CODES_SHOWN:
        values += f" … +{len(codes) - _CODES_SHOWN}"
    is_needed = (
        bool(column.constraints.get("required"))
        and column.default is None
        and column.fallback is None
    )
    others = [column.title[code] for code in LANGUAGES if code != language()]
    names = dict.fromkeys((*others, column.name))
    return [
        [column.heading, Toned(" · ".join(names))],
        Toned(_("needed"), "strong") if is_needed else _("may be blank"),
        [column.descriptions[language()], Toned(values)],
        column.sample[language()],
    ]
