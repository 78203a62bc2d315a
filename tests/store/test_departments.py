"""Patients by department and class of institution."""

import pytest

BUSAN, KOREA = "KR-26", "KR"


@pytest.fixture(scope="module")
def ask(record):
    """Rows of a question of the former record."""

    def rows(question, **parameters):
        return record.ask(question, parameters).rows

    return rows


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_departments_of_busan_2024(ask):
    rows = ask("department_mix", region=BUSAN, year=2024)
    assert columns(rows, "department", "value", "share_pct", "share_evidence")[:2] == [
        ("dermatology", 13158, 40, "approximate"),
        ("plastic_surgery", 4693, 14.3, "single source"),
    ]


def test_what_was_printed_together_comes_last_and_is_marked(ask):
    rows = ask("department_mix", region=KOREA, year=2016)
    assert [row["department"] for row in rows if row["is_combined"]] == ["derm_plastic"]
    assert rows[-1]["value"] == 95221  # above each of the two it contains, and never added to them
    classes = ask("institution_mix", region=KOREA, year=2016)
    assert columns(classes, "institution_class", "value", "share_pct")[-2:] == [
        ("tertiary_general", 198901, 54.6),
        ("hospital_clinic", None, 39.2),  # a printed share does not become persons
    ]
    assert [row["is_combined"] for row in classes] == [False] * 8 + [True] * 2
