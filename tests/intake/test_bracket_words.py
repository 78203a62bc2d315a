"""Words in brackets that narrow or change a metric are asked about; others are passed."""

import pytest

from dashboard.intake.bracket_words import without_idle_brackets
from dashboard.intake.layout import Shape

NARROWING = (
    "연인원", "연환자", "성형외과", "20대", "20-29", "65+", "건수", "의원급", "내국인 포함", "중국",
    "팸투어 참가자 포함 100명",
)  # fmt: skip
SAME = (
    "실환자", "명", "2024년", "2019~2024", "단위: 명", "보건복지부", "자료: 보건산업진흥원",
    "실인원·명", "2024. 12. 31. 기준",
)  # fmt: skip


@pytest.fixture
def check(door, csv_of, without_trial):
    def one(rows, **choice):
        content = csv_of(rows).encode()
        return door.check(door.read("observations", "a.csv", content, **choice), "Kim")

    return one


def errors(checked):
    return {finding.rule for finding in checked.findings}


def shown(checked):
    return [(row["metric"], row["value"]) for row in checked.rows.to_pylist()]


def titled(words):
    return [[f"외국인환자 수 ({words})"], ["지역", "2031", "2032"], ["대구", "310", "360"]]


def across(words):
    return [
        ["지역", "2031", "2031"],
        ["지역", f"외국인환자 수 ({words})", "진료수입(억원)"],
        ["대구", "310", "36"],
        ["부산", "120", "13"],
    ]


def listed(header="수치", metric="외국인환자 수"):
    return [["지표", "연도", "지역", header], [metric, "2031", "대구", "310"]]


@pytest.mark.parametrize("words", NARROWING)
def test_words_that_narrow_a_metric_are_asked_about_wherever_they_stand(check, words):
    assert errors(check(titled(words))) == {"title-unsure"}
    assert "across-unknown" in errors(check(across(words)))
    assert errors(check(listed(f"수치({words})"))) == {"missing-columns"}
    assert "code" in errors(check(listed(metric=f"외국인환자 수({words})")))
    confirmed = check(titled(words), shape=Shape(fixed={"metric": "foreign_patients"}))
    assert shown(confirmed) == [("foreign_patients", "310"), ("foreign_patients", "360")]


@pytest.mark.parametrize("words", SAME)
def test_words_that_change_nothing_are_passed(check, words):
    assert shown(check(titled(words))) == [("foreign_patients", "310"), ("foreign_patients", "360")]
    assert shown(check(listed(f"수치({words})"))) == [("foreign_patients", "310")]
    assert shown(check(listed(metric=f"외국인환자 수({words})"))) == [("foreign_patients", "310")]


def test_a_unit_in_the_name_of_a_metric_of_a_list_is_not_dropped(check):
    """Nothing else of the row says that 36 are 3.6 billion won."""
    assert "code" in errors(check(listed(metric="진료수입(억원)")))
    assert without_idle_brackets("진료수입(달러)") == "진료수입(달러)"
