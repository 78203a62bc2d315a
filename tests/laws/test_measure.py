"""What the measuring script counts, of a tree small enough to count by hand, and of this one."""

import subprocess

import pytest

from dashboard.settings import PROJECT_ROOT
from scripts import measure as measure_module
from scripts.measure import doubled_sentences, doubtful_places, import_circles, measure

LONG = "A sentence of this length is long enough to be worth saying only once."  # 70 letters
SHORT = "No figure."
TREE = {
    "dashboard/__init__.py": "",
    "dashboard/a.py": f'from dashboard import b\n\n\ndef one():\n    return "{LONG}"\n',
    "dashboard/b.py": f'def two():\n    from dashboard.c import x\n    return x, "{SHORT}"\n',
    "dashboard/c.py": 'import dashboard.a\n\nx = dashboard.a.one() == "no data"\n',
    "dashboard/d.py": 'import dashboard.a\n\n\ndef is_weak(e):\n    return e in {"contested"}\n',
    "dashboard/evidence.py": 'FIRM = {"settled", "single source"}\n',
    "dashboard/long.py": "x = 1\n" * 401,
    "dashboard/e.html": f'<p>{{{{ _("{LONG}") }}}}</p>\n<i>{SHORT}</i>\n',
    "dashboard/i18n/ko/messages.po": f'msgid "{SHORT}"\n\nmsgid ""\n"{LONG[:30]}"\n"{LONG[30:]}"\n',
    "tests/test_a.py": 'def test_a():\n    assert "contested" == "contested"\n',
    "queries/marts/fct_claim.sql": "SELECT evidence IN ('settled', 'contested') AS is_known\n",
    "queries/questions/q.sql": "-- = 'settled'\nSELECT 1\nWHERE evidence = 'settled' AND x = 'y'\n",
}


@pytest.fixture
def tree(tmp_path):
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_small_tree_is_counted_as_by_hand(tree):
    assert measure(tree) == {
        "Lines of Python, dashboard": 0 + 5 + 3 + 3 + 5 + 1 + 401,
        "Lines of Python, tests": 2,
        "Lines of SQL": 1 + 3,
        "Files of Python, dashboard": 7,
        "Files of Python, tests": 1,
        "Files of Python over 400 lines": 1,
        "Templates": 1,
        "Lines of templates": 2,
        "Sentences from 60 letters in two files": 1,
        "Places that decide what is doubtful": 2,
        "Functions of dashboard": 3,
        "Lines of a function, median": 2,  # of 2, 3 and 2
        "Lines of a function, 95th percentile": 2.9,  # 0.95 × (3 - 1) = 1.9: from 2 to 3, 0.9
        "Import circles": 1,
    }


def test_what_is_counted_is_named(tree):
    assert doubled_sentences(tree) == {LONG: {"dashboard/a.py", "dashboard/e.html"}}
    assert doubtful_places(tree) == ["dashboard/d.py:5", "queries/questions/q.sql:3"]
    assert import_circles(tree) == [["dashboard.a", "dashboard.b", "dashboard.c"]]


def test_every_long_sentence_is_said_in_one_place():
    assert doubled_sentences(PROJECT_ROOT) == {}


def test_what_is_doubtful_is_decided_in_one_place():
    assert doubtful_places(PROJECT_ROOT) == []


def test_no_modules_import_each_other_in_a_circle():
    assert import_circles(PROJECT_ROOT) == []


def test_former_and_present_stand_side_by_side(tree, monkeypatch, capsys):
    git = ["git", "-C", str(tree), "-c", "user.name=Kim", "-c", "user.email=kim@example.kr"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"], ["tag", "then"]):
        subprocess.run([*git, *arguments], check=True)
    (tree / "dashboard/c.py").write_text("x = 1\n")  # two lines and the circle go
    monkeypatch.setattr(measure_module, "ROOT", tree)
    monkeypatch.setattr("sys.argv", ["measure.py", "--at", "then"])
    measure_module.main()
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["then", "now"]
    assert lines[0].split() == ["Lines", "of", "Python,", "dashboard", "418", "416"]
    assert lines[-1].split() == ["Import", "circles", "1", "0"]
