"""What no line of a page parts."""

import pytest

from dashboard.render.screen.html import unparted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("전체 환자의 ≈ 65.5%, 그 밖", ["≈ 65.5%,"]),
        ("17개 시·도 중 3위", ["시·도"]),
        ("In the record of 2012 – 2014: 3", ["2012 – 2014:"]),
        ("○ single source · ≈ approximate", ["○ single", "≈ approximate"]),
        ("31,183 persons in 2019", []),
    ],
)
def test_signs_and_years_stay_with_what_they_belong_to(text, whole):
    pieces = unparted(text)
    assert pieces[1::2] == whole
    assert "".join(pieces) == text
