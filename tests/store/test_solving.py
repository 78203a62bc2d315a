"""What was solved and is kept is believed only as it was written, and where it can be so."""

import hashlib
import json
from math import inf

import pytest

from dashboard.bounds.bound import Bound, Bounds
from dashboard.store import solving

AREAS = ((2019, ("KR-11", "KR-27")),)
FOUND = Bounds(
    (
        Bound("KR-11", 2019, 5, inf, 1, 1, 2, ("a",), ()),
        Bound("KR-27", 2019, 1, 4, 2, 2, 2, (), ("b", "c")),
    ),
    {"d": ("a", "b")},
)


def with_sum(change):
    """The file with other content under its own digest, as nobody's accident makes it."""

    def changed(text):
        content = change(json.loads(text.partition("\n")[2]))
        written = json.dumps(content)
        return f"{hashlib.sha256(written.encode()).hexdigest()}\n{written}"

    return changed


def first_cell(**others):
    def change(content):
        content["cells"][0] |= others
        return content

    return with_sum(change)


@pytest.mark.parametrize(
    "change",
    [
        lambda _text: "",
        lambda text: text.partition("\n")[2],
        lambda text: text.replace('"low": ', '"low": 1', 1),
        with_sum(lambda _content: []),
        with_sum(lambda content: content | {"left_out": []}),
        first_cell(low="abc"),
        first_cell(low=float("nan")),
        first_cell(low=10, high=9),
        first_cell(rank_best=3, rank_worst=2),
        first_cell(region=5),
        first_cell(region="KR-99"),
    ],
)
def test_what_cannot_be_so_is_not_believed(tmp_path, change):
    file = tmp_path / "solved.json"
    solving._keep(file, FOUND)
    whole = file.read_text("utf-8")
    assert solving._kept(file, AREAS) == FOUND
    file.write_text(change(whole), "utf-8")
    with pytest.raises(ValueError, match=r"digest|cannot be|validation error"):
        solving._kept(file, AREAS)
