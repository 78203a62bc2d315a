"""Says on every page that the newest delivery was refused, and what the reader sees instead."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.settings import settings
from dashboard.store.refusal import read_refusal


def refusal_note() -> None:
    """Draw the note while a refusal stands; nothing otherwise."""
    refusal = read_refusal(settings())
    if refusal is None:
        return
    st.warning(
        _("The newest data were not taken in. You see the last good figures; nothing was lost."),
        icon=":material/warning:",
    )
    with st.expander(_("What was wrong")):
        if refusal.findings:
            columns = {
                "file": _("File"),
                "line": _("Line"),
                "column": _("Column"),
                "value": _("Value"),
                "rule": _("Rule"),
                "expected": _("Expected"),
            }
            rows = [
                {columns[name]: finding[name] for name in columns} for finding in refusal.findings
            ]
            st.dataframe(rows, hide_index=True, key="refusal-findings")
        else:
            st.text(refusal.message)
        st.text(_(refusal.remedy))
