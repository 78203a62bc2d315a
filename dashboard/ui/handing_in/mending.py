"""What a person can do on the page about the findings that stand above it."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.contract import Contract, Field, city_contracts
from dashboard.i18n import gettext as _
from dashboard.i18n import language, number_text
from dashboard.intake.chosen_words import BLANK, LEAVE_OUT
from dashboard.intake.codes import titles
from dashboard.intake.delivery import Checked
from dashboard.intake.findings import Finding
from dashboard.intake.intake import Intake
from dashboard.intake.korean_numerals import meanings
from dashboard.intake.layout import Shape
from dashboard.intake.offers import OFFERS, Offer
from dashboard.intake.quantities import UNCLEAR
from dashboard.intake.units import choices_for
from dashboard.render.screen.links import kept_parameters
from dashboard.render.screen.markdown import literal
from dashboard.ui.handing_in.receipt import pages_links
from dashboard.ui.handing_in.staged import Upload
from dashboard.ui.handing_in.table_choice import form_button
from dashboard.ui.handing_in.table_place import choose_shape, submit_choice

_WORDS_SHOWN = 12
_LINE_LETTERS = 60
_FIRST = (("sources", "foreign-key"), ("events", "event"), ("institutions", "institution"))
"""Table that can be handed in first, and the rule of what it would mend."""


def chosen_sheet(upload: Upload) -> str | None:
    """The sheet that the reader chose for this upload; None as long as none was."""
    sheet: str | None = st.session_state.get(_sheet_key(upload))
    return sheet


def mending_step(intake: Intake, contract: Contract, checked: Checked, upload: Upload) -> None:
    """Draw one control for each kind of finding that can be mended here."""
    by_offer: dict[Offer, list[Finding]] = {}
    for finding in (*checked.findings, *checked.warnings):
        by_offer.setdefault(OFFERS[finding.rule], []).append(finding)
    here = {offer: found for offer, found in by_offer.items() if offer in CONTROLS}
    if not here or checked.delivery.is_large:
        return
    with st.container(border=True, key="cr-handing-in-mending"):
        st.markdown("### " + _("Mend it here"))
        for offer, found in here.items():
            CONTROLS[offer](intake, contract, checked, upload, found)


def _words(
    intake: Intake, contract: Contract, checked: Checked, upload: Upload, found: Sequence[Finding]
) -> None:
    """A choice for each word that is not known: what it stands for, or to leave its rows out."""
    by_title = contract.by_heading
    asked = {
        (finding.column, finding.value): finding
        for finding in reversed(found)
        if finding.value and finding.column in by_title and not finding.value.endswith("…")
    }
    chosen: dict[str, str] = {}
    with st.form(f"handing-in-words-{upload.file_id}", border=False):
        with st.container(horizontal=True):
            for place, finding in enumerate(list(asked.values())[::-1][:_WORDS_SHOWN]):
                options = _meanings(intake, by_title[finding.column], finding)
                code: str | None = st.selectbox(
                    literal(f"{finding.column} – {finding.value}"),
                    list(options),
                    index=None,
                    format_func=options.__getitem__,
                    placeholder=_("choose"),
                    key=f"handing-in-word-{upload.file_id}-{place}",
                    width=300,
                )
                if code is not None:
                    chosen[finding.value] = code
        if submit_choice(_("Use these meanings")):
            choose_shape(checked.delivery, upload, Shape(words=chosen))
    rules = {finding.rule for finding in found}
    for table, rule in _FIRST:
        if rule in rules and contract.name != table:
            title = city_contracts()[table].heading
            pages_links([(_("Hand in first: {table}").format(table=title), _address(table))])


def _meanings(intake: Intake, column: Field, finding: Finding) -> dict[str, str]:
    """Code → title of what a word can stand for, leaving its rows out being the first."""
    first = {LEAVE_OUT: _("leave the rows out")}
    if finding.rule == "event-twice":
        events = intake.named("events")
        return first | {one: events.get(one, one) for one in finding.expected.split(", ")}
    if finding.rule == "event":
        return first | intake.named("events")
    if finding.rule == "institution":
        return first | {BLANK: _("recognise it by its name")} | intake.named("institutions")
    if finding.rule == "foreign-key":
        return first | {BLANK: _("this file itself is the source")} | intake.named("sources")
    if finding.rule == UNCLEAR:
        return {one.digits: one.shown for one in meanings(finding.value, True)} | first
    if finding.rule in ("public-id", "example-left"):
        return first | {BLANK: _("take the row without this id, as your own")}
    return first | titles(column, language())


def _sizes(
    intake: Intake, contract: Contract, checked: Checked, upload: Upload, found: Sequence[Finding]
) -> None:
    """The unit of a column whose numbers are far from what is expected."""
    names = contract.by_heading
    columns = dict.fromkeys(finding.column for finding in found if finding.column in names)
    for title in columns:
        column = names[title]
        unit: str | None = st.selectbox(
            literal(_("Unit of “{column}”, if it is another").format(column=title)),
            choices_for("krw" if column.unit == "KRW" else ""),
            index=None,
            placeholder=_("as it was read"),
            key=f"handing-in-size-{upload.file_id}-{column.name}",
            width=300,
        )
        if unit is not None and checked.delivery.shape.units.get(column.name) != unit:
            choose_shape(checked.delivery, upload, Shape(units={column.name: unit}))


def _header(
    intake: Intake, contract: Contract, checked: Checked, upload: Upload, found: Sequence[Finding]
) -> None:
    """Which line holds the headers; where another table follows, the line at which it begins."""
    begins = [
        int(finding.expected)
        for finding in found
        if finding.rule == "other-table" and finding.expected.isdigit()
    ]
    lines = {
        line.number: " | ".join(filter(None, line.cells))[:_LINE_LETTERS]
        for line in checked.delivery.lines
        if any(line.cells) and (not begins or line.number in begins)
    }
    line: int | None = st.selectbox(
        _("Line that holds the headers"),
        list(lines),
        index=None,
        format_func=lambda number: f"{number_text(number)}: {lines[number]}",
        placeholder=_("choose"),
        key=f"handing-in-header-{upload.file_id}",
        width=480,
    )
    if line is not None and checked.delivery.shape.header_line != line:
        choose_shape(checked.delivery, upload, Shape(header_line=line))


def _sheets(
    intake: Intake, contract: Contract, checked: Checked, upload: Upload, found: Sequence[Finding]
) -> None:
    """Which sheet is read."""
    sheets = list(checked.delivery.sheets)
    now = checked.delivery.sheet
    sheet: str | None = st.selectbox(
        _("Sheet that is read"),
        sheets,
        index=sheets.index(now) if now in sheets else None,
        placeholder=_("choose"),
        key=f"handing-in-sheet-box-{upload.file_id}",
        width=300,
    )
    if sheet is not None and sheet != now:
        st.session_state[_sheet_key(upload)] = sheet
        st.rerun()


def _form(
    intake: Intake, contract: Contract, checked: Checked, upload: Upload, found: Sequence[Finding]
) -> None:
    """The empty form of the table, to copy the figures into."""
    form_button(contract, "xlsx", language(), "handing-in-mending-form")


Control = Callable[[Intake, Contract, Checked, Upload, Sequence[Finding]], None]
CONTROLS: Mapping[Offer, Control] = {
    Offer.SHEET: _sheets,
    Offer.HEADER: _header,
    Offer.WORDS: _words,
    Offer.SIZE: _sizes,
    Offer.FORM: _form,
}
"""Controls that stand below the findings. Units, columns, layouts and replacing have steps of their
own on the page."""


def _sheet_key(upload: Upload) -> str:
    return f"handing-in-sheet-{upload.file_id}"


def _address(table: str) -> str:
    return "handing-in?" + urlencode(kept_parameters() | {"lang": language(), "table": table})
