"""Addresses of links: relative to the page on which they stand."""

import pytest

from dashboard.content.links import Link
from dashboard.render.screen.links import href


@pytest.mark.parametrize(
    ("link", "address"),
    [
        # Without any parameter left the page itself, not the first one.
        (Link("", (("country", ""),)), "?"),
        (Link("map"), "map"),
        (Link("map", (("country", "RU"),)), "map?country=RU"),
    ],
)
def test_link_leads_where_it_says(link, address):
    assert href(link) == address
