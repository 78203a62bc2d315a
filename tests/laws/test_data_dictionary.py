"""The data dictionary in docs/ is what contracts and catalogue say now, in both languages."""

import re

from dashboard.catalogue import read_catalogue
from dashboard.settings import PROJECT_ROOT
from scripts.data_dictionary import FILE, page

TEXT = FILE.read_text("utf-8")


def test_it_is_current():
    assert page() == TEXT, "Run: python -m scripts.data_dictionary"


def test_every_metric_has_its_names_in_both_languages():
    metrics = read_catalogue(PROJECT_ROOT / "queries").all()
    assert len(metrics) > 50
    for metric in metrics:
        assert f"| {metric.name.ko} | {metric.name.en} | `{metric.id}` |" in TEXT


def test_codes_are_said_in_words():
    assert "`final` 확정" in TEXT
    # A cell in which a bar was not escaped would have one more.
    assert {len(re.split(r"(?<!\\)\|", line)) for line in TEXT.splitlines() if line[:1] == "|"} == {
        7
    }
