"""Addresses of the views to which blocks lead, with what the reader keeps from here."""

from urllib.parse import urlencode

from dashboard.content.links import Link
from dashboard.content.pages import FIRST
from dashboard.render.screen.address import address

KEPT_PARAMETERS = ("region", "year", "compare", "lang", "as_of", "edition")
"""What a link to another page takes along. Every other parameter belongs to its own page."""


def kept_parameters() -> dict[str, str]:
    """The parameters of this page's URL that a link to another page takes along."""
    here = address()
    return {name: here[name] for name in KEPT_PARAMETERS if name in here}


def href(link: Link) -> str:
    """The address of a link, relative to the page on which it stands."""
    kept = kept_parameters() if link.page else address()
    asked = {**kept, **dict(link.parameters)}
    query = urlencode({name: value for name, value in asked.items() if value})
    # "?" alone is the page itself without parameters; "./" is the first page.
    path = "./" if link.page == FIRST else link.page
    found = f"{path}?{query}" if query or not path else path
    return f"{found}#{link.anchor}" if link.anchor else found
