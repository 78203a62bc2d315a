"""`export` and `edition` on the command line."""

import json
from pathlib import Path

import pypdfium2
import pytest

from dashboard.__main__ import main
from dashboard.access import DESK
from dashboard.content.pages import PANEL, reports
from dashboard.render.formats import possible_formats
from dashboard.store.editions import Editions

REVIEW = ["export", "review", "--region", "KR-27", "--year", "2019"]
RANKING = ["export", "ranking", "--metric", "foreign_patients", "--year", "2019"]


@pytest.fixture(autouse=True)
def workspace(record_settings, process_settings):
    return process_settings(record_settings)


def frozen(capsys):
    """The edition that the last export names."""
    return capsys.readouterr().out.split()[-1]


def test_review_is_written_and_names_its_edition(tmp_path, capsys):
    out = tmp_path / "review.pdf"
    assert main([*REVIEW, "--lang", "ko", "--by", "Kim", "--out", str(out)]) == 0
    edition = frozen(capsys)
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == 2
        assert edition in document[1].get_textpage().get_text_bounded()
    assert main(["edition", "show", edition]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["parameters"] == {"region": "KR-27", "year": 2019}
    assert (shown["language"], shown["made_by"]) == ("ko", "Kim")
    assert main(["edition", "list"]) == 0
    assert any(line.startswith(edition) for line in capsys.readouterr().out.splitlines())


def test_editions_are_listed_with_what_can_be_given_again(record_settings, record, capsys):
    given = {"region": "KR-27", "year": 2019, "pages": ["overview", "map"]}
    made = Editions(record_settings).freeze(
        "deck", given, "ko", "Kim", record.current(), identity=DESK
    )
    assert main(["edition", "list"]) == 0
    (line,) = (
        line for line in capsys.readouterr().out.splitlines() if line.startswith(made.edition_id)
    )
    assert "pages=overview,map " in line


@pytest.mark.parametrize("suffix", [".pdf", ".csv"])
def test_edition_exported_again_gives_same_bytes(tmp_path, capsys, suffix):
    first, again = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    assert main([*RANKING, "--lang", "en", "--out", str(first)]) == 0
    edition = frozen(capsys)
    assert main(["export", "ranking", "--edition", edition, "--out", str(again)]) == 0
    assert frozen(capsys) == edition
    assert first.read_bytes() == again.read_bytes()


def test_a_page_is_written_by_its_address_too(tmp_path, capsys):
    """The rankings page stands at /rankings, and its report is called ranking."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    assert main([*RANKING, "--out", str(first)]) == 0
    assert main(["export", "rankings", *RANKING[2:], "--out", str(second)]) == 0
    assert capsys.readouterr().out
    assert first.read_bytes() == second.read_bytes()


def test_picture_of_one_chart(tmp_path):
    svg, png = tmp_path / "a.svg", tmp_path / "a.PNG"
    assert main([*RANKING, "--lang", "ko", "--chart", "1", "--out", str(svg)]) == 0
    assert "서울" in svg.read_text("utf-8")
    assert main([*RANKING, "--out", str(png)]) == 0
    assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*REVIEW, "--out", "a.docx"], "Possible: .pdf, .pptx, .hwpx, .xlsx, .csv, .svg, .png."),
        (["export", "deck", "--region", "KR-27", "--year", "2019", "--out", "a.hwpx"], "Possible:"),
        (["export", "novel", "--out", "a.pdf"], "Reports: kpi, patients, events,"),
        (["export", "kpi", "--region", "KR-27", "--out", "a.pdf"], "needs year"),
        (["export", "kpi", "--region", "KR-27", "--year", "1066", "--out", "a.pdf"], "2018, 2019"),
        (["export", "kpi", "--region", "KR-0", "--year", "2019", "--out", "a.pdf"], "KR-0"),
        ([*RANKING, "--out", "no/such/folder/a.csv"], "no/such/folder"),
        ([*RANKING, "--chart", "9", "--out", "a.svg"], "Chart 9"),
        (["export", "panel", "--out", "a.pdf"], "needs round, code"),
        (["export", "review", "--edition", "zzzzzzzz", "--out", "a.pdf"], "zzzzzzzz"),
        ([*REVIEW, "--edition", "zzzzzzzz", "--out", "a.pdf"], "--region, --year"),
        (["edition", "show", "zzzzzzzz"], "zzzzzzzz"),
    ],
)
def test_wrong_usage_is_said_and_writes_nothing(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert list(Path(tmp_path).iterdir()) == []


def test_edition_of_another_report_is_refused(tmp_path, capsys):
    assert main([*RANKING, "--out", str(tmp_path / "a.csv")]) == 0
    edition = frozen(capsys)
    out = ["--out", str(tmp_path / "b.csv")]
    assert main(["export", "kpi", "--edition", edition, *out]) == 2
    assert "'ranking'" in capsys.readouterr().err


def test_every_report_has_formats():
    for report in (*reports(), PANEL):
        assert possible_formats(report)[0] == (".pptx" if report == "deck" else ".pdf")
