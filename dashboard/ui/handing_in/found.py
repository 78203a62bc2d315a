"""What is wrong with a file: errors apart from warnings, and personal data."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.contract import Contract
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, ngettext, number_text
from dashboard.intake.delivery import Checked, Delivery
from dashboard.intake.finding_groups import FindingGroup, group_findings
from dashboard.intake.findings import Finding
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.render.screen.tables import Heading, draw_table
from dashboard.render.screen.texts import Toned, Words, draw_box
from dashboard.ui.handing_in.wording import column_title

_SHOWN = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def errors_and_warnings(
    contract: Contract | None,
    delivery: Delivery | None,
    errors: Sequence[Finding],
    error_count: int,
    warnings: Sequence[Finding],
) -> None:
    """Two tables; each is left out when it would be empty. A whole record has no one contract."""
    if error_count:
        title = ngettext("{count} error", "{count} errors", error_count)
        st.markdown("### " + title.format(count=number_text(error_count)))
        _table(
            contract,
            group_findings(errors, delivery),
            error_count,
            _("These keep the whole file out."),
            "errors",
        )
    if warnings:
        title = ngettext("{count} remark", "{count} remarks", len(warnings))
        st.markdown("### " + title.format(count=number_text(len(warnings))))
        _table(
            contract,
            group_findings(warnings, delivery),
            len(warnings),
            _("These keep nothing out."),
            "remarks",
        )


def _table(
    contract: Contract | None,
    groups: Sequence[FindingGroup],
    count: int,
    caption: str,
    key: str,
) -> None:
    shown = sum(group.count for group in groups[:_SHOWN])
    if count > shown:
        caption += " " + _("Shown: the first {shown} of {count}.").format(
            shown=number_text(shown), count=number_text(count)
        )
    draw_table(
        [Heading(_("Place"), "date"), _("Column"), Heading(_("Value"), "cell"), _("Finding")],
        [
            [
                _place(group) if contract else f"{group.first.file} · {_place(group)}",
                column_title(contract, group.first.column) if contract else group.first.column,
                _examples(group),
                group.first.rule_text(),
            ]
            for group in groups[:_SHOWN]
        ],
        caption,
        "findings",
        key=key,
        head=None,
    )


def _examples(group: FindingGroup) -> Words:
    """The values found, each with its cell where there are several."""
    examples = group.examples or [("", group.first.value)]
    if len(examples) == 1:
        return examples[0][1]
    return [(Toned(cell), value) for cell, value in examples]


def _place(group: FindingGroup) -> str:
    finding = group.first
    if not finding.line:
        return _("whole file")
    place = _("line {line}").format(line=number_text(finding.line))
    if group.count > 1:
        place = _("the same at {count} places: {place}").format(
            count=number_text(group.count), place=group.place
        )
    elif not group.place.isdigit():
        place = f"{group.place} ({place})"
    return f"{finding.sheet} · {place}" if finding.sheet else place


def personal_data(contract: Contract, name: str, findings: Sequence[Finding]) -> None:
    """Say that the file was turned away before anything was stored, and where to look."""
    personal = [finding for finding in findings if finding.rule.startswith("personal")]
    draw_box(
        "refused",
        _("“{name}” was turned away: it holds personal data").format(name=name),
        _("Nothing of it was stored, neither the file nor a row of it."),
        _("Remove the cells named below from your file, then choose it again."),
    )
    groups = group_findings(personal, None)
    where = _("Where the personal data stand; values are masked")
    _table(contract, groups, len(personal), where, "personal")


def findings_button(checked: Checked) -> None:
    """Save the file with its bad cells marked."""
    stem = checked.delivery.name.rpartition(".")[0] or checked.delivery.name
    st.download_button(
        _("Save the findings as XLSX"),
        data=in_page_language(partial(make_findings_workbook, checked)),
        file_name=_("{name} - findings").format(name=stem) + ".xlsx",
        mime=_XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="handing-in-findings",
    )
