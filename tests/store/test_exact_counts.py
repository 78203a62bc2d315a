"""Exact counts reach a region's own officials on a page, and nobody by what is passed on."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from dashboard.__main__ import main
from dashboard.access import DESK, VIEWER, Identity, Role
from dashboard.content.answer_table import answer_table
from dashboard.content.compose import compose, draft, freeze, unfrozen
from dashboard.errors import AccessDenied
from dashboard.i18n import label, speaking
from dashboard.intake.intake import Intake
from dashboard.render.drawing import to_svg
from dashboard.render.formats import render
from dashboard.render.screen.chart_picture import picture_config
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.tables import answer_to_csv
from dashboard.store.answer import only_protected
from dashboard.store.ask import Record
from dashboard.store.editions import Editions
from dashboard.store.ledger import Ledger

HEADER = ["내원일", "시도", "의료기관", "국적", "진료과", "진료비"]
VISITS = [
    *[["2026-05-04", "대구", "가병원", "몽골", "피부과", "100000"]] * 2,
    *[["2026-05-20", "대구", "가병원", "중국", "치과", "250000"]] * 21,
    *[["2026-06-02", "대구", "가병원", "중국", "치과", ""]] * 7,
    *[["2026-05-20", "대전", "나병원", "중국", "치과", "90000"]] * 9,
]
# Daegu: May 2 + 21 = 23 visits, 200,000 + 5,250,000 = 5,450,000 won; June 7.
EXACT = {"2026-05": (23, 5_450_000, 23), "2026-06": (7, None, 0)}
OFFICIAL = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu")
OTHERS = [
    VIEWER,
    DESK,
    Identity("Lee", Role.OFFICIAL, region="KR-30", account="lee"),
    Identity("Choi", Role.APPROVER, region="KR", account="choi"),
    Identity("Park", Role.ADMINISTRATOR, account="park"),
    replace(OFFICIAL, is_view_only=True),
]
PATIENTS = {"region": "KR-27", "year": 2019}


@pytest.fixture(scope="module")
def settings(small_settings, build_of, csv_of):
    """One small workspace with visits of two regions; what is frozen in it is looked for."""
    settings = small_settings(
        {
            "sources": [{"source_id": "a"}],
            "observations": [{"value": "31183", "source_id": "a"}],
        }
    )
    build_of(settings)
    settings.visits_key.write_text(f"{5:064x}")
    content = csv_of([HEADER, *VISITS]).encode()
    _, receipt = Intake(settings, DESK).receive("patient_visits", "v.csv", content, "Kim")
    assert receipt.status == "accepted", receipt.findings
    return settings


@pytest.fixture(scope="module")
def record(settings):
    return Record(settings)


@pytest.fixture
def here(settings, process_settings):
    return process_settings(settings)


def months(record):
    answer = record.ask("visits_by_month", {"region": "KR-27"})
    return {
        row["month"]: (row["visit_count"], row["spending_krw"], row["spending_count"])
        for row in answer.rows
    }, answer


def visits_of(report):
    """The section of visits and its two charts."""
    section = report.sections[-1]
    return section, [block for block in section.blocks if getattr(block, "answer", None)]


def test_officials_see_their_own_region_as_it_is(record):
    found, answer = months(record.read_by(OFFICIAL))
    assert found == EXACT
    assert answer.exact_regions == ("KR-27",)
    every = record.read_by(OFFICIAL).ask("visits_by_nationality", {"year": 2026})
    exact = {(row["region"], row["nationality"]): row["is_exact"] for row in every.rows}
    assert exact[("KR-27", "MN")]
    assert exact[("KR-27", "CN")]
    assert not exact[("KR-30", "CN")]


@pytest.mark.parametrize("identity", OTHERS, ids=lambda one: f"{one.role}-{one.region}")
def test_everybody_else_sees_what_anybody_sees(record, identity):
    found, answer = months(record.read_by(identity))
    assert found == months(record)[0]
    assert found != EXACT
    assert not answer.is_exact
    assert not any(row["is_exact"] for row in answer.rows)


def test_what_is_passed_on_is_asked_anew(record):
    _found, exact = months(record.read_by(OFFICIAL))
    assert record.passed_on(exact).rows == months(record)[1].rows
    open_to_all = months(record)[1]
    assert record.passed_on(open_to_all) is open_to_all


def test_rows_and_page_say_that_they_are_exact_and_for_whom(here, record):
    _found, exact = months(record.read_by(OFFICIAL))
    with speaking("en"):
        said = {row[-1].text for row in answer_table(exact).rows}
        assert said == {"exact counts, for officials of Daegu only"}
        said = {row[-1].text for row in answer_table(record.passed_on(exact)).rows}
        assert said == {"changed by a fixed rule"}
    section, charts = visits_of(draft(record.read_by(OFFICIAL), "patients", PATIENTS, "en"))
    assert section.title.endswith("(exact counts, for officials of Daegu only)")
    assert "only officials of the region see" in section.blocks[0].text
    assert "changed by a fixed rule, by" not in section.blocks[0].text
    assert [cell.text for cell in charts[0].series[0].cells] == ["23 visits", "7 visits"]
    assert all("for officials of Daegu only" in chart.note for chart in charts)
    section, charts = visits_of(draft(record, "patients", PATIENTS, "en"))
    assert section.title == "Own record: visits handed in by the city"
    assert "changed by a fixed rule, by 5 at most" in section.blocks[0].text
    assert all(cell.text.startswith("≈") for cell in charts[0].series[0].cells)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".pdf", ".pptx", ".hwpx", ".svg", ".png"])
def test_no_file_is_made_of_a_page_with_exact_counts(here, record, suffix):
    report = draft(record.read_by(OFFICIAL), "patients", PATIENTS, "en")
    with pytest.raises(AccessDenied):
        render(report, suffix)


def test_no_file_and_no_picture_is_made_of_an_exact_answer(here, record):
    _found, exact = months(record.read_by(OFFICIAL))
    _section, charts = visits_of(draft(record.read_by(OFFICIAL), "patients", PATIENTS, "en"))
    for made in (
        lambda: answer_to_csv(exact),
        lambda: answer_to_xlsx(exact),
        lambda: to_svg(charts[0], 480, "en"),
        lambda: only_protected([None, exact]),
    ):
        with pytest.raises(AccessDenied):
            made()
    assert picture_config(charts[0]) == {"displayModeBar": False}
    passed_on = record.passed_on(exact)
    text = answer_to_csv(passed_on).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text))
    place = heading.index(label("column", "visit_count"))
    assert [int(row[place]) for row in rows] == [row["visit_count"] for row in passed_on.rows]


@pytest.mark.parametrize("kind", ["edition", "without edition"])
def test_what_an_official_saves_is_what_everybody_sees(here, record, kind):
    reader = record.read_by(OFFICIAL)
    build = record.current()
    if kind == "edition":
        frozen = freeze(
            reader, Editions(here), "patients", PATIENTS, "en", "Kim", identity=OFFICIAL
        )
        report = compose(reader, frozen)
    else:
        report = unfrozen(reader, "patients", PATIENTS, "en", "Kim", build)
    section, charts = visits_of(report)
    assert section.title == "Own record: visits handed in by the city"
    shown = [cell.value for cell in charts[0].series[0].cells]
    assert shown == [count for count, _krw, _payers in months(record)[0].values()]
    assert b"%PDF" in render(report, ".pdf")[:8]


def test_a_viewer_freezes_nothing_and_takes_a_file_that_says_what_it_is_of(here, record):
    before = Ledger(here).streams()
    entries = {stream: len(Ledger(here).entries(stream)) for stream in before}
    for identity in (VIEWER, replace(OFFICIAL, is_view_only=True)):
        with pytest.raises(AccessDenied):
            freeze(record, Editions(here), "kpi", PATIENTS, "en", "X", identity=identity)
    build = record.current()
    link = f"https://review.example/?region=KR-27&year=2019&as_of={build.snapshot}"
    report = unfrozen(record, "kpi", PATIENTS, "en", "A reader", build, link)
    rows = list(csv.reader(io.StringIO(render(report, ".csv").decode("utf-8-sig"))))
    text = "\n".join(",".join(row) for row in rows)
    for said in ("not frozen", build.build_id, link, "A reader"):
        assert said in text
    assert {stream: len(Ledger(here).entries(stream)) for stream in before} == entries
    assert Ledger(here).streams() == before


@pytest.mark.parametrize(("region", "is_exact"), [("", False), ("KR-27", True), ("KR-30", False)])
def test_the_command_line_is_the_desk_of_its_region(
    settings, record, process_settings, monkeypatch, capsys, region, is_exact
):
    monkeypatch.setenv("CLUSTER_REVIEW_DESK_REGION", region)
    process_settings(settings)
    ask = ["ask", "visits_by_month", "--region", "KR-27", "--format"]
    assert main([*ask, "json"]) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    expected = EXACT if is_exact else months(record)[0]
    assert {row["month"]: row["visit_count"] for row in said["rows"]} == {
        month: count for month, (count, *_others) in expected.items()
    }
    assert said["provenance"]["exact_regions"] == (["KR-27"] if is_exact else [])
    assert ("exact counts, for its officials only" in err) == is_exact
    assert main([*ask, "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["is_exact"] for row in rows} == {"true" if is_exact else "false"}


def test_export_at_the_desk_of_the_region_is_protected(
    settings, record, process_settings, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("CLUSTER_REVIEW_DESK_REGION", "KR-27")
    process_settings(settings)
    out = tmp_path / "a.csv"
    told = ["--region", "KR-27", "--year", "2019", "--lang", "en", "--out", str(out)]
    assert main(["export", "patients", *told]) == 0
    rows = csv.reader(io.StringIO(out.read_text("utf-8-sig")))
    counts = {cell for row in rows for cell in row if re.fullmatch(r"(≈ )?[0-9,]+ visits", cell)}
    assert counts
    assert all(count.startswith("≈") for count in counts)
