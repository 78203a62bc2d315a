"""Names of files: what is in them, in the page's language, and never a path or a formula."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import speaking
from dashboard.render.file_names import answer_name, file_name, view_name


def test_a_file_of_figures_says_region_metric_and_years(record):
    years = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    known = [row["year"] for row in years.rows if row["value"] is not None]
    span = f"{min(known)}-{max(known)}"
    with speaking("ko"):
        assert answer_name(years, "", "환자", ".csv") == f"대구_외국인환자_{span}.csv"
    with speaking("en"):
        assert answer_name(years, "", "", ".csv") == f"Daegu_Foreign-patients_{span}.csv"
    one = record.ask("figure", {"metric": "foreign_patients", "region": "KR-27", "year": 2019})
    with speaking("ko"):
        assert answer_name(one, "", "", ".xlsx") == "대구_외국인환자_2019.xlsx"


def test_what_is_of_several_regions_names_none_and_a_sentence_is_no_name(record):
    regions = record.ask("regions")
    with speaking("ko"):
        assert answer_name(regions, "모든 지역", "비교", ".csv") == "모든-지역.csv"
        assert answer_name(regions, "대구" * 20, "비교", ".csv") == "비교.csv"


def test_a_view_says_place_page_year_and_edition():
    asked = {"region": "KR-27", "year": 2019, "compare": "KR-30"}
    with speaking("ko"):
        assert view_name("patients", asked, ".pdf", "ED7K2QXX") == "대구_환자_2019_ED7K2QXX.pdf"
        ranked = {"metric": "foreign_patients", "year": 2019}
        assert view_name("ranking", ranked, ".csv") == "순위_외국인환자_2019.csv"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("../../etc", "passwd"), "etc_passwd.csv"),
        (("=1+1", "@a"), "1-1_a.csv"),
        (("con",), "_con.csv"),
        (("", " "), "_.csv"),
        (("1인당 국비(만원)", 2019), "1인당-국비-만원_2019.csv"),
    ],
)
def test_what_no_file_may_be_called(parts, name):
    assert file_name(parts, ".csv") == name


@given(st.lists(st.text(max_size=80), max_size=4))
def test_no_name_is_a_path_a_formula_or_too_long(parts):
    name = file_name(parts, ".csv")
    assert re.fullmatch(r"[\w%~-]+\.csv", name)
    assert name[0] not in "=+-@."
    assert len(name.encode()) <= 255
