"""The layers are described where they stand, and the command line lists every question."""

from dashboard.__main__ import main
from dashboard.settings import PROJECT_ROOT

QUERIES = PROJECT_ROOT / "queries"


def test_readme_mentions_every_layer():
    readme = (QUERIES / "README.md").read_text("utf-8")
    layers = [path.name for path in QUERIES.iterdir() if path.is_dir()]
    assert [layer for layer in layers if f"{layer}/" not in readme] == []
    assert "metrics.yml" in readme


def test_every_question_is_listed(record_settings, process_settings, capsys):
    process_settings(record_settings)
    assert main(["ask", "--list"]) == 0
    listed = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert listed == sorted(path.stem for path in (QUERIES / "questions").glob("*.sql"))
