"""A superlative is only said if nothing unknown could be larger."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard import i18n
from dashboard.content.care import department_chart, institution_chart
from dashboard.content.findings import nationality_finding, patients_sentence
from dashboard.content.nationality import concentration_finding
from dashboard.content.superlatives import (
    Form,
    Range,
    figure_range,
    greatest_nationality,
    greatest_part,
    share_range,
    superlative,
)


def exactly(*values):
    return [figure_range(value) for value in values]


@pytest.mark.parametrize(
    ("parts", "rest", "form", "places"),
    [
        # Nothing left over that could reach 50: 100 - 50 - 30 = 20.
        ((50, 30), 20, Form.PLAIN, (0,)),
        # 40 are left: one unpublished part could hold all of them, more than 30.
        ((30, 30, 0), 40, Form.PUBLISHED, (0, 1)),
        # 35 are left, as many as the greatest named has: an equal one is possible.
        ((35, 30), 35, Form.PUBLISHED, (0,)),
        # One part of 66.5 outweighs all the rest, 33.5, alone.
        ((66.5,), 33.5, Form.PLAIN, (0,)),
        # Of one published part that the rest could exceed there is nothing to compare with.
        ((40,), 60, Form.NOTHING, ()),
        # 0.6 + 0.3 = 0.9 per cent: the greatest of them says nothing of the other 99.1.
        ((0.6, 0.3), 99.1, Form.NOTHING, ()),
        # The whole is not known: of those published, no more.
        ((5, 4), None, Form.PUBLISHED, (0,)),
        ((), 100, Form.NOTHING, ()),
    ],
)
def test_three_forms(parts, rest, form, places):
    found = superlative(exactly(*parts), rest)
    assert (found.form, found.places) == (form, places)


@pytest.mark.parametrize(
    ("parts", "rest", "form"),
    [
        # 100 - 50 - 30 - 12 = 8 are left, less than the third has.
        ((50, 30, 12), 8, Form.PLAIN),
        # 12 are left: one unpublished part may have as many as the third.
        ((46, 30, 12), 12, Form.PUBLISHED),
        # 6 + 3 + 1 = 10 per cent say something; 5 + 3 + 1 = 9 do not.
        ((6, 3, 1), 90, Form.PUBLISHED),
        ((5, 3, 1), 91, Form.NOTHING),
        # The third and the fourth are equal.
        ((50, 30, 10, 10), 0, Form.NOTHING),
        ((50, 30), 20, Form.NOTHING),
    ],
)
def test_three_greatest_together(parts, rest, form):
    assert superlative(exactly(*parts), rest, count=3).form is form


def test_a_concentration_that_says_nothing_has_a_neutral_title(record):
    """It said `the three greatest hold 0.9%; the true three could hold up to 99.9%`."""
    asked = {"region": "KR-41", "year": 2009}
    rows = record.ask("nationality_concentration", asked).rows
    (row,) = [row for row in rows if row["year"] == 2009]
    assert round(row["share_pct"], 1) == 0.9
    mix = record.ask("patients_by_nationality", asked).rows
    i18n.use_language("ko")
    said = concentration_finding("KR-41", 2009, rows, mix, record.ask("printed_rates", asked).rows)
    assert said.startswith("경기 2009년: 공개된 국적별 비중")
    assert "%" not in said


def test_a_larger_share_without_persons_is_not_passed_over():
    # A, B and C hold 300 + 200 + 100 of 1,000; D was printed as 15 %, 150 persons, before C.
    mix = [
        nation("A", 300),
        nation("B", 200),
        nation("C", 100),
        {**nation(None, 400), "part": "rest", "total_value": 1000, "total_evidence": "settled"},
    ]
    rate = printed("D", 15.0)
    assert greatest_nationality(mix, count=3).form is Form.PUBLISHED
    assert [row["nationality"] for row in greatest_nationality(mix, [rate], count=3).rows] == [
        "A",
        "B",
        "D",
    ]
    row = {"year": 2016, "nationality": "A;B;C", "share_pct": 60.0, "share_most_pct": 90.0}
    i18n.use_language("en")
    said = concentration_finding("KR-41", 2016, [row], mix, [rate])
    assert "cannot be told" in said


def test_rounded_figures_that_could_change_places_have_no_greatest():
    # 380 stands for 375 to 385, which 382 may exceed.
    assert figure_range(380, is_approximate=True) == Range(375, 385)
    parts = [figure_range(380, is_approximate=True), figure_range(382)]
    assert superlative(parts, 0).form is Form.NOTHING
    # 146,000 stands for 145,500 to 146,500, below 147,000.
    parts = [figure_range(146_000, is_approximate=True), figure_range(147_000)]
    assert superlative(parts, 0) == superlative(exactly(1, 2), 0)


def test_a_group_could_hold_a_greater_one():
    # China and Japan together have 60, of which one may have more than the 40 of the USA.
    assert superlative(exactly(40), 0, beside=exactly(60)).form is Form.NOTHING


def care_row(name, value=None, share=None, *, is_combined=False):
    return {
        "institution_class": name,
        "is_combined": is_combined,
        "value": value,
        "evidence": "no data" if value is None else "settled",
        "is_approximate": False,
        "share_pct": share,
        "share_evidence": "no data" if share is None else "settled",
    }


def test_a_share_outranks_a_number_of_persons(record):
    """Korea 2023: dental clinics 9,568 (1.6 %) stood over clinics at 66.5 %."""
    rows = record.ask("institution_mix", {"region": "KR", "year": 2023}).rows
    i18n.use_language("ko")
    title = institution_chart("KR", 2023, rows).title
    assert title == "전국 2023년: 의료기관 종별 가운데 최다는 의원 발표 비중 66.5%"


def test_persons_are_put_beside_shares_by_the_whole_of_those_with_both():
    # 9,568 are 1.6 %: a whole of 579,879 to 617,290. 300,000 are then 48.6 to 51.7 % of it.
    rows = [
        care_row("dental_clinic", 9568, 1.6),
        care_row("clinic", 300_000),
        care_row("hospital", None, 10.0),
    ]
    found = greatest_part(rows, is_partition=True)
    # 1.55 + 48.6 + 9.95 = 60.1: 39.9 are left, less than 48.6.
    assert (found.form, [row["institution_class"] for row in found.rows]) == (
        Form.PLAIN,
        ["clinic"],
    )


def test_persons_without_any_whole_are_not_compared_with_shares():
    rows = [care_row("clinic", 300), care_row("hospital", None, 40.0)]
    assert greatest_part(rows, is_partition=True).form is Form.NOTHING


def test_a_nationality_that_holds_next_to_nothing_is_not_picked_out(record):
    """Seoul 2019 said that Mongolia, 3.6 %, was the greatest."""
    asked = {"region": "KR-11", "year": 2019}
    mix = record.ask("patients_by_nationality", asked).rows
    rates = record.ask("printed_rates", asked).rows
    figure = record.ask("figure", {"metric": "foreign_patients", **asked}).first
    i18n.use_language("ko")
    sentence = patients_sentence("KR-11", 2019, figure, mix, rates)
    assert "최다" not in sentence
    assert "공개된 국적 1개(" in sentence.replace("개 (", "개(")


def test_a_printed_share_counts_among_the_nationalities():
    # Of 1,000 patients 100 are from the USA; China was printed as 28.3 %, 283.
    mix = [
        nation("US", 100),
        {**nation(None, 900), "part": "rest", "total_value": 1000, "total_evidence": "settled"},
    ]
    rate = printed("CN", 28.3)
    found = greatest_nationality(mix, [rate])
    assert (found.form, found.rows[0]["nationality"]) == (Form.PUBLISHED, "CN")
    i18n.use_language("en")
    said = nationality_finding("KR-30", 2016, mix, [rate])
    assert said == "Daejeon 2016: of 2 published nationalities, China (28.3%) is the greatest"


def printed(code, share):
    return {
        "breakdown": "nationality",
        "nationality": code,
        "period": "annual",
        "share_pct": share,
        "share_evidence": "single source",
    }


def nation(code, value, *, is_approximate=False):
    return {
        "part": "nationality",
        "nationality": code,
        "value": value,
        "share_pct": None,
        "is_approximate": is_approximate,
        "total_value": None,
        "total_evidence": "no data",
    }


def rounded(value):
    """To two significant digits, as a paper says `about`."""
    unit = 10 ** max(0, len(str(value)) - 2)
    return (value + unit // 2) // unit * unit


how = st.sampled_from(["not", "exact", "rounded"])


@given(
    whole=st.lists(st.integers(1, 5000), min_size=1, max_size=7),
    ways=st.lists(how, min_size=7, max_size=7),
    has_total=st.booleans(),
)
def test_a_plain_superlative_is_true_of_the_complete_table(whole, ways, has_total):
    published = [
        nation(str(at), value if way == "exact" else rounded(value), is_approximate=way != "exact")
        for at, (value, way) in enumerate(zip(whole, ways, strict=False))
        if way != "not"
    ]
    rest = sum(whole) - sum(row["value"] for row in published)
    assume(published and rest >= 0)
    total = {"part": "rest", "total_value": sum(whole), "total_evidence": "settled"}
    mix = [*published, *([nation(None, rest) | total] if has_total else [])]
    found = greatest_nationality(mix)
    greatest = {str(at) for at, value in enumerate(whole) if value == max(whole)}
    if found.form is Form.PLAIN:
        assert {row["nationality"] for row in found.rows} == greatest
    if found.form is Form.PUBLISHED:
        values = {str(at): value for at, value in enumerate(whole)}
        most = max(values[row["nationality"]] for row in published)
        assert {values[row["nationality"]] for row in found.rows} == {most}


@given(
    whole=st.lists(st.integers(1, 5000), min_size=1, max_size=6),
    ways=st.lists(st.sampled_from(["not", "persons", "share", "both"]), min_size=6, max_size=6),
)
def test_a_plain_superlative_about_shares_is_true_of_the_complete_table(whole, ways):
    total = sum(whole)
    rows = [
        care_row(
            str(at),
            value if way in ("persons", "both") else None,
            # Half up to one decimal: 1000 * value / total, in tenths of a per cent.
            (2000 * value + total) // (2 * total) / 10 if way in ("share", "both") else None,
        )
        for at, (value, way) in enumerate(zip(whole, ways, strict=False))
        if way != "not"
    ]
    found = greatest_part(rows, is_partition=True)
    if found.form is Form.PLAIN:
        names = {row["institution_class"] for row in found.rows}
        assert names == {str(at) for at, value in enumerate(whole) if value == max(whole)}


def test_a_share_printed_to_the_unit_is_wider():
    assert share_range(21, is_approximate=True) == Range(20.5, 21.5)


def false_claims(record, region, year):
    """Titles with a superlative, and those that a look at every published row refutes."""
    asked = {"region": region, "year": year}
    mix = record.ask("patients_by_nationality", asked).rows
    rates = record.ask("printed_rates", asked).rows
    title = nationality_finding(region, year, mix, rates)
    if "most patients from" in title or "is the greatest" in title:
        yield title, is_nationality_refuted(title, mix, rates)
    for question, column, chart in (
        ("department_mix", "department", department_chart),
        ("institution_mix", "institution_class", institution_chart),
    ):
        rows = record.ask(question, asked).rows
        title = chart(region, year, rows).title if rows else ""
        if "greatest" in title:
            yield title, is_part_refuted(title, column, rows)


def is_nationality_refuted(title, mix, rates):
    (total,) = [row["total_value"] for row in mix if row["part"] == "rest"] or [None]
    # What is counted elsewhere is part of another row, or the sum of others.
    counted = [row for row in mix if row["part"] in ("nationality", "group")]
    persons = {row["nationality"]: row["value"] for row in counted}
    shares = [
        row
        for row in rates
        if row["breakdown"] == "nationality"
        and row["period"] == "annual"
        # Korea 2024 prints China and Japan together, 60 per cent, and each of them in persons.
        and not set(persons).issuperset(row["nationality"].split(";"))
        and row["share_pct"] is not None
    ]
    if shares and total is None:
        return True
    persons |= {row["nationality"]: row["share_pct"] * float(total) / 100 for row in shares}
    named = {code for code in persons if f"{i18n.country_text(code)} (" in title}
    least = min(float(persons[code]) for code in named)
    others = [float(value) for code, value in persons.items() if code not in named]
    if "most patients from" in title:
        others.append(float(total - sum(row["value"] for row in counted)))
    return not named or max(others, default=0) >= least


def is_part_refuted(title, column, rows):
    named = [row for row in rows if f", {i18n.label(column, row[column])} " in title]
    others = [row for row in rows if row not in named and not row["is_combined"]]
    found = not named
    for row in named:
        for measure in ("value", "share_pct"):
            if row[measure] is not None:
                found |= any((other[measure] or 0) >= row[measure] for other in others)
        found |= row["share_pct"] is None and any(o["value"] is None for o in others)
    if "of all classes" in title:
        known = sum(row["share_pct"] or 0 for row in rows if not row["is_combined"])
        found |= 100 - known >= named[0]["share_pct"]
    return found


@pytest.mark.parametrize(
    ("step", "least"), [(5, 8), pytest.param(1, 41, marks=pytest.mark.long)], ids=["fifth", "all"]
)
def test_no_title_of_the_record_has_a_superlative_that_is_not_so(record, step, least):
    """Of every fifth region and year; the long test has all."""
    views = [
        (row["region"], year)
        for row in record.ask("regions", {}).rows
        for year in range(2009, 2026)
    ]
    i18n.use_language("en")
    said = [claim for view in views[::step] for claim in false_claims(record, *view)]
    assert [title for title, is_refuted in said if is_refuted] == []
    assert len(said) >= least
