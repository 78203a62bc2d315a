"""Units are read where they are written and asked for where they are not clear."""

from pathlib import Path

import pytest

from dashboard.intake.layout import Shape
from dashboard.intake.units import header_units, stated_units, table_units, unit_of_word

CASES = Path(__file__).parent / "cases"
FUNDING = ["지역", "연도", "사업", "항목", "재원", "예산액", "집행액"]
LINE = ["대구", "2032", "클러스터", "팸투어", "국비"]
OBSERVED = ["지표", "연도", "지역", "수치"]


def line_of(*amounts):
    return [*LINE, *amounts]


@pytest.fixture
def check(door, csv_of, without_trial):
    """A file as checked: a case by its name, or rows of cells."""

    def one(rows, table="observations", **choice):
        if isinstance(rows, str):
            name, content = rows, (CASES / rows).read_bytes()
        else:
            name, content = "a.csv", csv_of(rows).encode()
        return door.check(door.read(table, name, content, **choice), "Kim")

    return one


def found(checked):
    return [(f.line, f.column, f.value, f.rule) for f in checked.findings]


def amounts(checked, *names):
    return [tuple(row[name] for name in names) for row in checked.rows.to_pylist()]


BUDGET = ("budgeted_krw", "executed_krw")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(단위: 명, 백만원)", [(1, "count"), (10**6, "krw")]),
        ("(단위 : 천명)", [(1000, "count")]),
        ("단위: 천달러", [(1000, "usd")]),
        ("[단위 : 백만]", [(10**6, "")]),
        ("단위: 백만 원", [(10**6, "krw")]),
        ("(단위: 1,000명)", [(1000, "count")]),
        ("(단위:명/억원)", [(1, "count"), (10**8, "krw")]),
        ("(Unit: million won)", [(10**6, "krw")]),
        ("(단위: 가구)", [(1, "")]),  # no unit that is known: asked for
        ("사업단위 예산", []),
        ("단위", []),
    ],
)
def test_units_stated_above_a_table(text, expected):
    assert [(unit.scale, unit.family) for unit in table_units([text])] == expected


def test_units_of_headers_and_single_words():
    assert [unit.scale for unit in header_units("예산액(천원)")] == [1000]
    assert header_units("환자수(미국)") == ()
    assert unit_of_word("억원").scale == 10**8
    assert unit_of_word("건수") is None
    assert stated_units("외국인환자") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("60-unit-mixed.xlsx", ("120000000", "98000000")),  # 120 and 98 times a million won
        ("60b-unit-right.xlsx", ("120000000", "98000000")),
        ("60f-unit-people-thousand.xlsx", ("120000000", "98000000")),
    ],
)
def test_of_several_units_money_takes_that_of_money(check, name, expected):
    checked = check(name, "funding_lines")
    assert found(checked) == []
    assert amounts(checked, *BUDGET) == [expected]
    assert "scaled" in {finding.rule for finding in checked.warnings}


def test_a_bare_unit_is_asked_for_and_a_choice_answers(check):
    name = "60d-unit-bare.xlsx"
    checked = check(name, "funding_lines")
    # 1.2억 says its own unit; 98 of "백만" does not say of what.
    assert found(checked) == [(3, "Executed", "백만", "unit-bare")]
    assert "백만원" in checked.findings[0].rule_text()
    chosen = Shape(units={"executed_krw": "백만원"})
    answered = check(name, "funding_lines", shape=chosen)
    assert (found(answered), amounts(answered, *BUDGET)) == ([], [("120000000", "98000000")])


def test_a_unit_in_the_cell_overrides_that_of_the_table(check):
    rows = [["(단위: 백만원)"], FUNDING, line_of("1.2억", "98000천원"), line_of("130", "99원")]
    rows[3][3] = "설명회"
    checked = check(rows, "funding_lines")
    assert amounts(checked, *BUDGET) == [("120000000", "98000000"), ("130000000", "99")]


def test_bare_numbers_beside_millions_are_asked_for(check):
    checked = check([FUNDING, line_of("1.2억", ""), [*line_of("98", "")[:3], "설명회", "국비", "98",
                                                     ""]], "funding_lines")  # fmt: skip
    assert found(checked) == [(3, "Budgeted", "98", "unit-mixed")]


def test_a_unit_of_something_else_is_found(check):
    rows = [["(단위: 명)"], FUNDING, line_of("120", "98")]
    assert {f.rule for f in check(rows, "funding_lines").findings} == {"unit-other"}
    dollars = [["(단위: 천달러)"], FUNDING, line_of("120", "98")]
    assert {f.rule for f in check(dollars, "funding_lines").findings} == {"unit-other"}
    cell = [OBSERVED, ["외국인환자 수", "2031", "대구", "31원"]]
    assert found(check(cell)) == [(2, "Value", "31원", "unit-cell")]


def test_a_column_of_units_with_scales(check):
    rows = [[*OBSERVED, "단위"], ["외국인환자 수", "2031", "대구", "1.5", "천명"],
            ["외국인환자 진료수입", "2031", "대구", "20", "억원"]]  # fmt: skip
    checked = check(rows)
    assert (found(checked), amounts(checked, "value", "unit")) == (
        [], [("1500", "persons"), ("2000000000", "krw")],
    )  # fmt: skip
    funding = [[*FUNDING, "단위"], line_of("120", "98", "백만원")]
    assert amounts(check(funding, "funding_lines"), *BUDGET) == [("120000000", "98000000")]


def test_spending_of_visits_asks_for_a_bare_unit(check):
    rows = [["단위: 백만"], ["내원일", "지역", "진료비"], ["2031-02-03", "대구", "3"]]
    delivered = check(rows, "patient_visits")
    assert [f.rule for f in delivered.findings] == ["unit-bare"]
    answered = check(rows, "patient_visits", shape=Shape(units={"spending_krw": "백만원"}))
    assert amounts(answered, "spending_krw") == [("3000000",)]


def test_spellings_of_numbers_are_read_right_or_found(check):
    checked = check("32-number-spellings.csv")
    wrong = {f.line: f.rule for f in checked.findings}
    assert wrong == {
        5: "number",  # 약 31,000
        6: "number",  # 31,000여 명
        8: "fraction-point",  # 31.183
        9: "number",  # 1.234,5
        11: "number",  # 31,18
        16: "unit-cell",  # ₩31,183 persons
        18: "number",  # 1,23,456
        20: "number",  # 三千
    }
    right = [row["value"] for row in checked.rows.to_pylist() if row["line"] not in wrong]
    assert right == ["2345", "12000", "31183", "31183", "31183", "31000", "3000", "31183", "31000",
                     "31183", "31"]  # fmt: skip


def test_fractions_of_persons_and_numbers_beyond_all_bounds(check):
    checked = check("58-float-noise.xlsx")
    assert found(checked) == [(3, "Value", "0.3", "fraction")]
    assert [(f.line, f.rule) for f in checked.warnings] == [(4, "far-number")]


@pytest.mark.parametrize(
    ("metric", "written", "meant"),
    [
        ("외국인환자 수", "31.183", "31,183"),
        ("진료수입", "31.183원", "31,183"),
        ("진료수입", "120.500", "120,500"),
    ],
)
def test_a_point_for_the_comma_of_thousands_is_refused_with_what_is_meant(
    check, metric, written, meant
):
    checked = check([OBSERVED, [metric, "2032", "부산", written]])
    (finding,) = checked.findings
    assert (finding.rule, finding.expected) == ("fraction-point", meant)


def test_numbers_far_from_their_neighbours_and_above_korea_are_named(check):
    # The record has 320,284 patients of Seoul in 2019 and 1,170,467 of Korea in 2024.
    above = check([OBSERVED, ["외국인환자 수", "2024", "부산", "1,170,468"]])
    assert [(f.rule, f.expected) for f in above.warnings] == [
        ("above-korea", "Foreign patients 0 ~ 1,170,467")
    ]
    alone = check([OBSERVED, ["외국인환자 수", "2020", "서울", "3,300,000"]])
    assert [(f.rule, f.expected) for f in alone.warnings] == [
        ("beside-years", "Foreign patients 32,028 ~ 3,202,840"),  # 320,284 / 10 and times 10
    ]


def test_negative_growth_is_a_number_and_negative_persons_are_not(check):
    assert [f.rule for f in check("33-negative.csv").findings] == ["number", "required"]
    rows = [
        OBSERVED,
        ["growth_pct", "2031", "대구", "△3.2"],
        ["외국인환자 수", "2031", "대구", "-3"],
    ]
    checked = check(rows)
    assert found(checked) == [(3, "Value", "-3", "minimum")]
    assert checked.rows.to_pylist()[0]["value"] == "-3.2"


def test_regions_in_all_spellings(check):
    checked = check("34-region-names.csv")
    assert [(f.line, f.rule) for f in checked.findings] == [
        (15, "same-row"),  # 전라북도 after 전북특별자치도
        (21, "same-row"), (22, "same-row"),  # KR-27 and Daegu after 대구 광역시
        (23, "code"), (24, "code"), (25, "code"),  # 대구광역시청, 대구(수성구), 수도권
    ]  # fmt: skip
    regions = {row["region"] for row in checked.rows.to_pylist()}
    assert len(regions & {f"KR-{n}" for n in (11, *range(26, 32), *range(41, 51))} | {"KR"}) == 18


def test_further_spellings_of_regions(check):
    spelt = {"서울특별시(Seoul)": "KR-11", "강원자치도": "KR-42", "전북자치도": "KR-45",
             "Gyeonggi-do": "KR-41", "충남도": "KR-44", "대구광역시(대구)": "KR-27"}  # fmt: skip
    rows = [
        OBSERVED,
        *(["외국인환자 수", f"20{20 + n}", word, "1"] for n, word in enumerate(spelt)),
    ]
    assert [row[0] for row in amounts(check(rows), "region")] == list(spelt.values())


def test_totals_in_a_column_of_regions_are_said_in_words(check):
    checked = check("30-totals.csv")
    assert [(f.line, f.rule) for f in checked.findings] == [(2, "total-row"), (4, "total-row")]


def test_footnotes_below_a_list_are_named_and_not_read(check):
    checked = check("29-footnotes.csv")
    assert (found(checked), amounts(checked, "value")) == ([], [("31183",), ("31184",)])
    assert [(f.rule, f.expected) for f in checked.warnings] == [("notes", "4–5")]


def test_months_in_letters_are_never_a_wrong_date(check):
    checked = check("09-month-Feb-20.csv", "patient_visits")
    assert [(f.line, f.value, f.rule) for f in checked.findings] == [
        (2, "Feb-31", "date"), (3, "Mar-31", "date"),
    ]  # fmt: skip
    assert "2025-10" in checked.findings[0].rule_text()


def test_ranges_of_days_and_years_in_two_digits(check):
    header = ["추진지역", "행사 유형", "행사명", "시작일", "종료일"]
    rows = [header, ["대구", "팸투어", "가", "2019.3.1.~3.5.", ""],
            ["대구", "팸투어", "나", "2019.3.1~4", ""],
            ["대구", "팸투어", "다", "2019.3.5.~3.1.", ""]]  # fmt: skip
    checked = check(rows, "events")
    assert [(f.line, f.rule) for f in checked.findings] == [(4, "date-order")]
    assert amounts(checked, "start_date", "end_date")[:2] == [
        ("2019-03-01", "2019-03-05"), ("2019-03-01", "2019-03-04"),
    ]  # fmt: skip
    years = [OBSERVED, *(["외국인환자 수", year, "대구", "1"] for year in ("'19", "20년", "21"))]
    checked = check(years)
    assert [(f.line, f.rule) for f in checked.findings] == [(4, "date")]
    assert [year for (year,) in amounts(checked, "year")] == ["2019", "2020", "21"]


PATIENTS = [["지역", "2031", "2032"], ["대구", 31, 32]]


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        (["외국인환자 수 [천명]"], 1000),
        (["외국인환자 수(천명)"], 1000),
        (["외국인환자 수 천명"], 1000),
        (["외국인환자 수", "", "(천명)"], 1000),
        (["외국인환자 수", "", "천명"], 1000),
        (["외국인환자 수 (1,000명)"], 1000),
        (["외국인환자 수 (100명)"], 1),  # the size of something, not a unit
        (["외국인환자 수 (명)"], 1),
    ],
)
def test_units_that_a_title_gives_without_the_word(check, title, scale):
    # 31 and 32, times the scale.
    checked = check([title, *PATIENTS])
    assert checked.findings == ()
    assert amounts(checked, "value") == [(str(31 * scale),), (str(32 * scale),)]
    listed = [title, OBSERVED, ["외국인환자 수", "2031", "대구", 31]]
    assert amounts(check(listed), "value") == [(str(31 * scale),)]


@pytest.mark.parametrize("note", ["(단위: 천명)", "주) 단위는 천명임", "※ 단위 : 천 명"])
def test_a_unit_in_a_note_below_the_table(check, note):
    chosen = Shape(fixed={"metric": "foreign_patients"})
    checked = check([*PATIENTS, [note]], shape=chosen)
    assert amounts(checked, "value") == [("31000",), ("32000",)]
    listed = [OBSERVED, ["외국인환자 수", "2031", "대구", 31], [note]]
    assert amounts(check(listed), "value") == [("31000",)]


def test_thousands_in_the_header_beside_single_ones_in_the_row_are_asked_about(check):
    rows = [[*OBSERVED[:3], "수치(천)", "단위"], ["외국인환자 수", "2031", "대구", 31, "명"]]
    assert found(check(rows)) == [(2, "Value", "천, 명", "unit-twice")]
    # 31 persons, or 31 times a thousand, as somebody chooses.
    for unit, value in (("명", "31"), ("천명", "31000")):
        checked = check(rows, shape=Shape(units={"value": unit}))
        assert checked.findings == ()
        assert amounts(checked, "value") == [(value,)]


def test_an_amount_that_leaves_a_unit_out_is_asked_for_and_chosen(check):
    rows = [
        [*FUNDING[:5], "예산액(천원)", "집행액"],
        line_of("4억5천", "98"),
        ["부산", *LINE[1:], "3억", "12"],
    ]
    asked = check(rows, "funding_lines")
    assert [(f.line, f.value, f.rule) for f in asked.findings if f.rule == "amount-unclear"] == [
        (2, "4억5천", "amount-unclear")
    ]
    sentence = asked.findings[0].sentence()
    assert "4억 5천만 = 450,000,000, 4억 5천 = 400,005,000" in sentence
    words = {"4억5천": "450000000"}
    chosen = check(rows, "funding_lines", shape=Shape(words=words, units={"executed_krw": "천원"}))
    assert chosen.findings == ()
    # 4억 5천만 = 450,000,000, never times the thousand of the header; 98 × 1,000
    assert amounts(chosen, *BUDGET)[0] == ("450000000", "98000")
    left = check(
        rows, "funding_lines", shape=Shape(words={"4억5천": ""}, units={"executed_krw": "천원"})
    )
    assert amounts(left, *BUDGET) == [("300000000", "12000")]


def test_an_amount_that_leaves_a_unit_out_is_asked_for_in_a_wide_table_too(check):
    rows = [["진료수입 (단위: 억원)"], ["지역", "2031", "2032"], ["대구", "4억5천", "12"]]
    asked = check(rows)
    assert [(f.line, f.cell, f.rule) for f in asked.findings] == [(3, "B3", "amount-unclear")]
    chosen = check(rows, shape=Shape(words={"4억5천": "450000000"}))
    assert amounts(chosen, "value") == [("450000000",), ("1200000000",)]  # 12 × 10⁸


def test_a_visit_with_an_amount_that_leaves_a_unit_out_is_asked_about(check):
    rows = [["방문일", "지역", "진료비"], ["2031-11-28", "대구", "1억2천"]]
    asked = check(rows, "patient_visits")
    assert [(f.line, f.value, f.rule) for f in asked.findings] == [(2, "1억2천", "amount-unclear")]
    chosen = check(rows, "patient_visits", shape=Shape(words={"1억2천": "120000000"}))
    assert chosen.findings == ()
    assert chosen.rows["spending_krw"].to_pylist() == ["120000000"]
