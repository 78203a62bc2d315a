"""Which page is open to whom: what the navigation shows, and what an address opens."""

import pytest

from dashboard.access import Identity, Role
from dashboard.content.pages import PAGES

KEPT_FOR = {
    "handing-in": {Role.OFFICIAL, Role.APPROVER, Role.DESK},
    "accounts": {Role.ADMINISTRATOR, Role.DESK},
    "access-log": {Role.ADMINISTRATOR, Role.AUDITOR, Role.DESK},
}
"""Pages that are not for everybody, as the ministry would write it down."""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", Role)
def test_each_page_is_open_to_its_roles_alone(path, role):
    assert PAGES[path].is_open_to(Identity("Kim", role)) == (role in KEPT_FOR.get(path, Role))


@pytest.mark.parametrize("path", KEPT_FOR)
def test_looking_as_another_role_opens_none_of_them(path):
    looking = Identity("Admin", Role.OFFICIAL, region="KR-27", is_view_only=True)
    assert not PAGES[path].is_open_to(looking)
