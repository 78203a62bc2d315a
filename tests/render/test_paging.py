"""Pages of a long list: which rows, which ways, and addresses that ask for what there is not."""

from dashboard.i18n import speaking
from dashboard.render.screen.paging import paging


def seen(count, **asked):
    page = paging(
        "events-6", count, {name.replace("at", "at-events-6"): text for name, text in asked.items()}
    )
    return page.first, page.last


def test_up_to_forty_rows_are_one_page():
    assert paging("events-6", 40, {}) is None
    assert seen(41) == (1, 25)


def test_pages_of_sixty_rows():
    assert seen(60) == (1, 25)
    assert seen(60, at="26") == (26, 50)
    assert seen(60, at="51") == (51, 60)
    assert seen(60, at="30") == (26, 50)  # a row in the middle of a page
    assert seen(60, per_page="50", at="51") == (51, 60)


def test_what_there_is_not_is_the_first_page():
    for odd in ("0", "61", "-1", "x", "²", "9" * 30, ""):
        assert seen(60, at=odd) == (1, 25)
    assert seen(60, per_page="7") == (1, 25)


def test_ways_lead_to_the_pages_beside():
    with speaking("en"):
        page = paging("events-6", 60, {"at-events-6": "26"})
        ways = {
            way: link and dict(link.parameters)["at-events-6"] for way, _name, link in page.steps
        }
    # The first page needs nothing in the address.
    assert ways == {"first": "", "previous": "", "next": "51", "last": "51"}
    last = paging("events-6", 60, {"at-events-6": "51"})
    assert [way for way, _name, link in last.steps if link is None] == ["next", "last"]
