"""The same error in many cells is one finding with its places."""

import dataclasses

from dashboard.intake.finding_groups import cell_of, group_findings
from dashboard.intake.findings import Finding, first_findings

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


def test_counts_are_true_beyond_the_findings_that_are_listed(door, csv_of, without_trial):
    # 1,204 words for numbers; the years come again after 20 rows, so that all lines but the first
    # 20 have a second error: 1,204 + 1,184 = 2,388. Of 1,000 that are listed 20 + 980 / 2 = 510 are
    # about numbers: D2 to D511.
    checked = _checked(door, csv_of, [(n, "many") for n in range(1204)])
    assert (len(checked.findings), checked.error_count) == (1000, 2388)
    group = group_findings(checked.findings, checked.delivery)[0]
    assert (group.count, group.place) == (1204, "D2–D511, …")
    assert "1,204" in group.sentence()


def test_a_receipt_names_cells_and_counts_after_the_file_is_gone(door, csv_of, without_builds):
    checked = _checked(door, csv_of, [(n, "many") for n in range(1204)])
    receipt = door.accept(checked, "Kim")
    kept = door.receipt(receipt.receipt_id).findings
    group = group_findings(kept, None)[0]
    # As above: 20 lines with one error, then two a line, the header being line 1.
    last = 1 + 20 + (len(kept) - 20) // 2
    assert 20 < len(kept) < 1000
    assert (group.count, group.place) == (1204, f"D2–D{last}, …")
    assert "(D2)" in group.sentence()


def test_totals_are_kept_when_a_list_is_cut_again():
    one = Finding("a", 2, "Value", "x", "number", "1")
    findings = [dataclasses.replace(one, line=line) for line in range(2, 7)]
    again = first_findings(first_findings(findings, 3), 2)
    assert [finding.total for finding in again] == [5, 5]
    assert [finding.total for finding in first_findings(findings, 5)] == [0] * 5


def test_a_broken_rule_comes_with_an_example(door, csv_of, without_trial):
    content = csv_of([HEADER, ["외국인환자 수", "", "대구", "1"]]).encode()
    checked = door.check(door.read("observations", "a.csv", content), "Kim")
    (finding,) = checked.findings
    assert (finding.rule, finding.rule_text()) == ("required", "a value is required, such as 2025")


def test_a_finding_without_a_value_shows_no_empty_quotes():
    finding = Finding("a.csv", 5, "Value", "", "required", "")
    assert finding.sentence() == f"a.csv:5 Value: {finding.rule_text()} (required)"
