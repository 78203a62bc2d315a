"""A report with every kind of block and every awkward text, in Korean and in English."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    KeyFigure,
    KeyFigures,
    MapBlock,
    Paragraph,
    Place,
    Points,
    Section,
    Series,
    Table,
)
from dashboard.content.report import Report, Source, Stamp
from dashboard.i18n import use_language

LONG_NAME = "대한민국보건복지부산하한국보건산업진흥원국제의료본부외국인환자유치지원단" * 3
NASTY = ("=1+1", "@cmd", "+82-53", "-2+3", "<b>굵게</b>", "&amp;", "a\x07b\x1fc", LONG_NAME)
"""Texts that some reader of some file would take for a formula, for markup, or not at all."""
CLEAN = {"a\x07b\x1fc": "a\ufffdb\ufffdc"}
"""What becomes of those that no XML file can hold."""

KOREAN = {
    "daegu": "대구",
    "seoul": "서울",
    "busan": "부산",
    "patients": "외국인환자",
    "persons": "{}명",
    "no data": "자료 없음",
    "region": "지역",
    "year": "연도",
    "note": "비고",
    "title": "대구 의료관광 현장평가 요약",
    "subtitle": "2019년",
    "finding": "대구 2019년 31,183명, 수치가 있는 9개 지역 중 4위",
}
ENGLISH = {
    "daegu": "Daegu",
    "seoul": "Seoul",
    "busan": "Busan",
    "patients": "Foreign patients",
    "persons": "{} persons",
    "no data": "no data",
    "region": "Region",
    "year": "Year",
    "note": "Note",
    "title": "Onsite review of Daegu's medical tourism",
    "subtitle": "Year 2019",
    "finding": "Daegu 2019: 31,183 persons, rank 4 of the 9 regions with figures",
}


def figure(words, value, evidence="settled", sources=("moh",)):
    """A cell of persons as the reports print one."""
    if value is None:
        return Cell(words["no data"], None, "no data", ())
    sign = "≈ " if evidence == "approximate" else ""
    return Cell(sign + words["persons"].format(f"{value:,}"), value, evidence, tuple(sources))


def sample(language, warning=""):
    """The report of the tests."""
    w = KOREAN if language == "ko" else ENGLISH
    daegu = (
        figure(w, 27574),
        figure(w, 21867, "approximate", ("paper",)),
        figure(w, None),
        figure(w, 31183, "contested", ("moh", "paper")),
        figure(w, 0, "single source", ("city",)),
    )
    others = tuple(figure(w, value) for value in (15000, 16000, None, 19748, 9000))
    years = ("2016", "2017", "2018", "2019", "2020")
    lines = ChartBlock(
        "line",
        w["finding"],
        w["persons"].format("").strip(),
        years,
        (Series(w["daegu"], daegu, True), Series(w["busan"], others)),
        f"{w['finding']}. 2016 27,574; 2017 21,867",
    )
    empty = figure(w, None)
    bars = ChartBlock(
        "bar",
        f"{w['patients']} 2019",
        w["persons"].format("").strip(),
        (w["seoul"], w["daegu"], w["busan"], LONG_NAME),
        (
            Series(w["daegu"], (empty, figure(w, 31183, "contested"), empty, empty), True),
            Series(w["seoul"], (figure(w, 320284), empty, figure(w, 19748), empty)),
        ),
        "320,284; 31,183; 19,748",
    )
    won = (Cell("3.5억 원", 350_000_000, "settled", ("moh",)), Cell("12억 원", 1_200_000_000))
    money = ChartBlock("bar", "3.5억, 12억", "원", ("2018", "2019"), (Series("국비", won),), "국비")
    table = Table(
        f"{w['patients']} 2016–2020",
        (
            Column("year", w["year"]),
            Column("value", w["patients"], is_figure=True),
            Column("note", w["note"]),
        ),
        tuple(
            (Cell(year, int(year)), cell, Cell(text, text))
            for year, cell, text in zip(
                [*years, "2021", "2022", "2023"],
                [*daegu, figure(w, 5), figure(w, 12, "provisional"), figure(w, None)],
                NASTY,
                strict=True,
            )
        ),
        question="trend",
        parameters=(("region", "KR-27"), ("metric", "foreign_patients")),
        note='=HYPERLINK("http://x")',
    )
    long_table = Table(
        "17 × 3",
        (Column("n", "n", True), Column("region", w["region"]), Column("v", w["patients"], True)),
        tuple(
            (Cell(str(n), n), Cell(f"{w['region']} {n}"), figure(w, 1000 * n)) for n in range(1, 61)
        ),
    )
    wide = Table(
        "1 × 24",
        tuple(Column(f"c{n}", f"{w['year']} {2000 + n}", n > 0) for n in range(24)),
        (tuple(figure(w, 123456 + n) for n in range(24)),),
    )
    tiles = KeyFigures(
        (
            KeyFigure(w["patients"], daegu[3], "▲ 10.0% (+2,835)", "목표 30,000 → 103.9%", "2018"),
            KeyFigure("=1+1", figure(w, None), note="<b>&amp;"),
            KeyFigure(LONG_NAME, figure(w, 123456789012, "approximate"), note=LONG_NAME * 3),
            *(KeyFigure(f"K{n}", Cell(f"{n}.5%", n + 0.5, "counted")) for n in range(5)),
        )
    )
    texts = (
        Paragraph("첫째 문단입니다. A first paragraph.", ("moh", "city")),
        Paragraph("실습용 자료: practice", kind="warning"),
        Points((Paragraph("하나"), Paragraph("=둘", ("paper",)), Paragraph(LONG_NAME * 40))),
        Points(
            (Paragraph("무엇을?", kind="question"), Paragraph("왜?", kind="question")),
            is_numbered=True,
        ),
    )
    places = MapBlock(
        "세계 지도", (Place("알마티", 43.24, 76.9), Place("하노이", 21.03, 105.85, False)), "2곳"
    )
    sources = (
        Source(
            1, "moh", "보건복지부", "외국인환자 통계", "2020-06-01", "공식", "https://example.kr/a"
        ),
        Source(
            2, "paper", "=대구일보", "<b>환자</b> & 통계", "2019-10", "신문", "https://example.kr/b"
        ),
        Source(3, "city", "대구광역시", LONG_NAME, "", "공식", ""),
    )
    stamp = Stamp(
        "ED-7K2Q", "b1c2d3", 12, "2026-11-20", language, "김주무관", "2026-11-21T03:04:05+00:00"
    )
    return Report(
        "review",
        w["title"],
        w["subtitle"],
        (
            Section(w["patients"], (tiles, lines, bars, money)),
            Section(LONG_NAME, (table, long_table, wide, Table("0", (Column("a", "a"),), ()))),
            Section("Texts", texts),
            Section("Map", (places,)),
        ),
        sources,
        stamp,
        warning,
    )


WARNING = "실습용 자료입니다. <b>Practice</b> data, invented for trying the scoring."


@pytest.fixture(params=["ko", "en"])
def report(request):
    """The report in both languages, with a warning."""
    use_language("ko")
    return sample(request.param, WARNING)


@pytest.fixture
def korean():
    """The report in Korean, without a warning."""
    use_language("ko")
    return sample("ko")


@pytest.fixture
def without_map():
    """The report without its pictures: report → report."""

    def cut(report):
        return replace(report, sections=report.sections[:-1])

    return cut


def clean(text):
    """The text as a file that must be XML can hold it."""
    for raw, kept in CLEAN.items():
        text = text.replace(raw, kept)
    return text


@pytest.fixture(scope="session")
def digests():
    """SHA-256 of the sample's bytes in a new process with a seed of its own: (renderer, seed)."""

    def run(renderer, seed):
        code = (
            "import hashlib, sys\n"
            f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
            "import conftest\n"
            f"from {renderer.__module__} import {renderer.__name__} as render\n"
            "for language in ('ko',):\n"
            "    report = conftest.sample(language, conftest.WARNING)\n"
            "    print(hashlib.sha256(render(report)).hexdigest())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": str(seed), "PATH": "", "TZ": f"Etc/GMT-{seed}"},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        return done.stdout.split()

    return run
