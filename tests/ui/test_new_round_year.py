"""The year that a new round is offered with."""

from datetime import UTC, datetime

from dashboard.ui.review_room import rules_form


def test_on_new_years_day_in_korea_it_is_the_new_year(monkeypatch):
    # 16:30 UTC on 31 December is 01:30 on 1 January in Seoul, nine hours ahead.
    at = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(rules_form, "utc_now", lambda: at)
    assert rules_form.this_year() == 2026
