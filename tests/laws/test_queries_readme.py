"""The rooms are described where they stand, and every question can be found from the command line."""

from dashboard.__main__ import main
from dashboard.settings import PROJECT_ROOT, settings
from dashboard.store.ask import open_record

QUERIES = PROJECT_ROOT / "queries"


def test_readme_mentions_every_room():
    readme = (QUERIES / "README.md").read_text("utf-8")
    rooms = [path.name for path in QUERIES.iterdir() if path.is_dir()]
    assert [room for room in rooms if f"{room}/" not in readme] == []
    assert "metrics.yml" in readme


def test_every_question_is_listed(small_settings, monkeypatch, capsys):
    used = small_settings({})
    monkeypatch.setenv("CLUSTER_REVIEW_WORKSPACE", str(used.workspace))
    monkeypatch.setenv("CLUSTER_REVIEW_PUBLIC_RECORD", str(used.public_record))
    settings.cache_clear()
    open_record.cache_clear()
    try:
        assert main(["ask", "--list"]) == 0
    finally:
        settings.cache_clear()
    listed = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert listed == sorted(path.stem for path in (QUERIES / "questions").glob("*.sql"))
