"""Sources in the words that every file uses."""

from dataclasses import replace

from dashboard.content.report import Source
from dashboard.render.footnotes import source_text

SOURCE = Source(1, "a", "대구일보", "대구 의료관광", "2019-10-08", "언론", "https://example.kr/a")


def test_a_day_that_ends_in_a_full_stop_gets_no_second():
    said = source_text(SOURCE)
    assert said == "대구일보. 대구 의료관광. 2019. 10. 8. https://example.kr/a"
    assert source_text(SOURCE, with_address=False) == "대구일보. 대구 의료관광. 2019. 10. 8."


def test_a_title_with_a_full_stop_gets_no_second():
    said = source_text(replace(SOURCE, title="Daegu grew.", published_on=""))
    assert said == "대구일보. Daegu grew. https://example.kr/a"
