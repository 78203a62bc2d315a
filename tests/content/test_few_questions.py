"""A view asks for what it shows in few questions: each is planned anew, which takes longest."""

import pytest

from dashboard.content.compose import draft
from dashboard.store.ask import Record

MOST = 45
"""Some fifteen figures, one question each, and some thirty others."""


@pytest.mark.parametrize("year", [2015, 2018])
def test_the_overview_of_another_year_asks_few(record_settings, monkeypatch, year):
    record = Record(record_settings)
    build = record.current()
    draft(record, "kpi", {"region": "KR-27", "year": 2019}, "en", build)
    asked = []
    answer = Record._asked

    def counted(self, build, question, bound):
        asked.append(question.name)
        return answer(self, build, question, bound)

    monkeypatch.setattr(Record, "_asked", counted)
    draft(record, "kpi", {"region": "KR-27", "year": year}, "en", build)
    assert len(asked) <= MOST, asked
