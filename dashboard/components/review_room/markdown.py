"""Text that people typed, where Streamlit would read Markdown."""

import re
from string import punctuation


def literal(text: str) -> str:
    """The text as it stands: labels and titles of Streamlit's elements are Markdown."""
    return re.sub(f"([{re.escape(punctuation)}])", r"\\\1", text)
