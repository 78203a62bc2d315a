"""The same error in many cells is one finding with its places."""

from dashboard.intake.finding_groups import cell_of, group_findings

HEADER = ["지표", "연도", "지역", "값"]


def _checked(door, csv_of, values):
    rows = [["외국인환자 수", str(2000 + place % 20), "대구", value] for place, value in values]
    return door.check(door.read("observations", "a.csv", csv_of([HEADER, *rows]).encode()), "Kim")


def test_repeats_are_one_finding_with_count_and_cells(door, csv_of, without_trial):
    # Lines 2 to 6 and 9 have a word for a number: 5 + 1 = 6 cells of column D.
    values = [(n, "many" if n < 5 or n == 7 else str(n + 10)) for n in range(9)]
    checked = _checked(door, csv_of, values)
    (group,) = group_findings(checked.findings, checked.delivery)
    assert (group.count, group.place) == (6, "D2–D6, D9")
    assert "6" in group.sentence()
    assert "D2–D6, D9" in group.sentence()
    assert cell_of(group.first, checked.delivery) == "D2"


def test_different_rules_and_columns_stay_apart(door, csv_of, without_trial):
    content = csv_of([HEADER, ["외국인환자 수", "2025", "한양", "many"]]).encode()
    checked = door.check(door.read("observations", "a.csv", content), "Kim")
    groups = group_findings(checked.findings, checked.delivery)
    assert [(group.count, group.place) for group in groups] == [(1, "C2"), (1, "D2")]


def test_different_values_of_a_group_are_named_with_their_cells(door, csv_of, without_trial):
    # Words in D2 to D8, "b" in D3 and in D4: the first five different ones are shown.
    words = enumerate(["a", "b", "b", "c", "d", "e", "f"])
    checked = _checked(door, csv_of, words)
    (group,) = group_findings(checked.findings, checked.delivery)
    assert group.examples == (("D2", "a"), ("D3", "b"), ("D5", "c"), ("D6", "d"), ("D7", "e"))
    assert group.sentence().endswith("D2–D8 (D3 'b', D5 'c', D6 'd', D7 'e')")
