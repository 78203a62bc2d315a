"""What is chosen about a wide table: its header, its words and its metric, also remembered."""

import json

import pytest
from attrs import evolve

from dashboard.access import Identity, Role
from dashboard.commands.intake import intake as intake_command
from dashboard.errors import UsageError
from dashboard.intake.intake import Intake
from dashboard.intake.layout import Shape, shape_of_json
from tests.intake.wide_tables import CASES, PATIENTS, rules


def test_the_header_is_where_somebody_says(rows_of, read):
    rows = [["지역", "2021", "2022"], ["대구", 2030, 5], ["지역", "2031", "2032"], ["대구", 1, 2]]
    shape = PATIENTS.under(Shape(header_line=3, header_rows=1))
    assert rows_of(rows, "year", "value", shape=shape) == [("2031", "1"), ("2032", "2")]
    assert read(rows, shape=shape).layout.header_block == (3, 1)
    assert read("01-kosis-two-headers.xlsx").layout.header_block == (1, 2)


def test_a_word_can_stand_for_the_whole(read, rows_of):
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, across={"1": ""})
    rows = [["지역", "남", "여", "모두"], ["대구", 1, 2, 3]]
    asked = read(rows, shape=shape)
    assert rules(asked) == {"whole-unknown"}
    assert asked.layout.unknown_words == {"": ("남", "여", "모두")}
    whole = shape.under(Shape(words={"모두": "*"}))
    assert rows_of(rows, "region", "value", shape=whole) == [("KR-27", "3")]
    down = [["지역", "구분2", "2031", "2032"], ["대구", "남", 1, 2], ["대구", "모두", 3, 4]]
    parts = PATIENTS.under(Shape(labels={"구분2": ""}, words={"모두": "*"}))
    assert rows_of(down, "year", "value", shape=parts) == [("2031", "3"), ("2032", "4")]


def test_a_total_can_be_given_its_place(read, rows_of):
    rows = [["지역", "2031"], ["대구", 1], ["합계", 5]]
    assert read(rows, shape=PATIENTS).layout.total_words == {"region": ("합계",)}
    korea = PATIENTS.under(Shape(words={"합계": "KR"}))
    assert rows_of(rows, "region", "value", shape=korea) == [("KR-27", "1"), ("KR", "5")]
    across = [["지역", "미국", "계"], ["대구", 1, 5]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, words={"계": "*"})
    assert rows_of(across, "nationality", "value", shape=shape) == [("US", "1"), (None, "5")]


def test_a_title_that_says_more_than_a_metric_is_no_answer(read, rows_of):
    def titled(title):
        return [[title], ["지역", "2031"], ["대구", 1]]

    sure = read(titled("표 3. 2031년 대구 외국인환자 유치 현황"))
    assert (dict(sure.layout.from_title), sure.is_readable) == (
        {"metric": "foreign_patients"}, True,
    )  # fmt: skip
    assert "“표 3. 2031년 대구 외국인환자 유치 현황”" in " ".join(
        finding.sentence() for finding in sure.findings if finding.rule == "from-title"
    )
    # The number of hospitals that attract foreign patients is not that of foreign patients.
    unsure = read(titled("외국인환자 유치 의료기관 현황"))
    assert (rules(unsure), unsure.is_readable) == ({"title-unsure"}, False)
    assert "--set metric=" in "".join(
        finding.sentence() for finding in unsure.findings if finding.severity == "error"
    )
    two = read(titled("외국인환자 수와 연환자 수"))
    assert (rules(two), two.layout.missing) == ({"not-said"}, ("metric",))
    assert rows_of(titled("외국인환자 유치 의료기관 현황"), "value", shape=PATIENTS) == [("1",)]


def test_a_choice_is_remembered_for_the_next_table_of_the_kind(read, door, without_builds):
    rows = [["지역", "2031", "2032"], ["대구", 100, 200]]
    later = [["지역", "2032", "2033", "2034"], ["대구", 210, 300, 400], ["부산", 1, 2, 3]]
    assert read(rows).layout.missing == ("metric",)
    checked = door.check(read(rows, shape=PATIENTS), "Kim")
    assert door.accept(checked, "Kim").status == "accepted"
    again = read(later)
    assert (again.layout.remembered, again.is_readable, len(again.rows)) == (True, True, 6)
    other = [["국적", "2031", "2032"], ["미국", 100, 200]]
    assert not read(other).layout.remembered


def test_what_a_header_row_means_is_remembered_too(read, door, without_builds):
    rows = [["지역", "가나", "다라"], ["대구", 1, 2]]
    shape = Shape(fixed={"metric": "foreign_patients", "year": "2031"}, across={"1": "nationality"},
                  words={"가나": "GH", "다라": ""})  # fmt: skip
    assert read(rows).layout.across[0].column is None
    assert door.accept(door.check(read(rows, shape=shape), "Kim"), "Kim").status == "accepted"
    assert read([*rows, ["부산", 3, 4]]).layout.remembered


def test_a_waiting_table_is_approved_as_it_was_chosen(door_settings, xlsx_of, without_builds):
    content = xlsx_of({"S": [["지역", "2031"], ["대구", 100]]})
    settings = evolve(door_settings, sign_in="oidc")
    kim, lee = (Identity(name, Role.APPROVER, region="KR-27", account=name) for name in "KL")
    _, receipt = Intake(settings, kim).receive(
        "observations", "a.xlsx", content, "", shape=PATIENTS
    )
    assert receipt.status == "waiting"
    assert Intake(settings, lee).approve(receipt.receipt_id, "").status == "accepted"


def test_a_list_can_be_given_the_metric_that_all_its_rows_have(rows_of):
    rows = [["지역", "연도", "수치"], ["대구", 2031, 100]]
    assert rows_of(rows, "metric", "region", "value", shape=PATIENTS) == [
        ("foreign_patients", "KR-27", "100")
    ]


def test_the_command_line_writes_a_shape_and_takes_it(
    tmp_path, door_settings, process_settings, without_builds, capsys
):
    process_settings(door_settings)
    written = tmp_path / "shape.json"
    case = str(CASES / "04-bom-quoted-wide-years.csv")
    common = {"by": "Kim", "dry_run": True, "format": "json"}
    assert intake_command("observations", case, write_shape=written, **common) == 1
    (asked, *_) = json.loads(capsys.readouterr().out)["findings"]
    assert (asked["rule"], asked["column"]) == ("not-said", "Metric")
    shape = json.loads(written.read_text("utf-8"))
    assert (shape["labels"], shape["across"]) == ({"시도명": "region"}, {"1": "year"})
    assert intake_command(
        "observations", case, shape=written, set_values=["지표=외국인환자 수"], **common
    ) == 0  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["shape"]["fixed"]) == (4, {"metric": "외국인환자 수"})


@pytest.mark.parametrize("text", ["[]", "{", '{"labels": 3}', '{"colour": "red"}',
                                  '{"labels": {"a": 1}}', '{"header_rows": "two"}',
                                  '{"table": 0}', '{"header_line": true}'])  # fmt: skip
def test_a_shape_that_is_none_is_refused(text):
    with pytest.raises(UsageError):
        shape_of_json(text)


def test_a_shape_with_an_unknown_column_is_refused(read):
    with pytest.raises(UsageError, match="city"):
        read("04-bom-quoted-wide-years.csv", shape=Shape(labels={"시도명": "city"}))
