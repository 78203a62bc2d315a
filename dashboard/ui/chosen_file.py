"""The field of a file, which says where the process that had the chosen one has ended."""

from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from dashboard.access import Action
from dashboard.i18n import gettext as _
from dashboard.ui.reader import permit_upload


def chosen_file(
    label: str, key: str, largest_bytes: int, action: Action, **options: Any
) -> UploadedFile | DeletedFile | None:
    """Draw the field, and let whoever may do this send a file.

    Args:
        label: what stands above it.
        key: its own on the page.
        largest_bytes: of the file.
        action: what the file is for.
        options: others of `st.file_uploader`.

    Returns:
        The file; None where none is chosen; what is left of it where this process has not got it.
    """
    permit_upload(largest_bytes, action)
    file: UploadedFile | None = st.file_uploader(label, key=key, **options)
    # The field itself says the same of a file that is gone as of none.
    held = st.session_state.get(key)
    if not isinstance(held, DeletedFile):
        return file
    st.warning(_("The server no longer has the file that was chosen. Choose it once more."))
    return held
