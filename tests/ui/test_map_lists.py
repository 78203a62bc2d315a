"""The headings of the tables beside the world map count what the page counts."""

from dashboard.i18n import speaking
from dashboard.ui.map_lists import centres_title


def test_centres_of_several_regions_are_counted_by_owner():
    """The page says 2 of Daegu; the table holds 3 with that of Daejeon, and one only planned."""
    owners = (("KR-27", True), ("KR-30", True), ("KR-27", True), ("KR-27", False))
    rows = [{"owner_region": owner, "is_named": is_named} for owner, is_named in owners]
    with speaking("en"):
        assert centres_title(rows) == (
            "3 centres named in the record (Daegu\u00a02, Daejeon\u00a01), 1 only planned"
        )
        assert centres_title(rows[:1]) == "1 centre named in the record"
