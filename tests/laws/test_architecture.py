"""The page on the architecture says what the tree is."""

import re
import tomllib

from dashboard.settings import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "architecture.md").read_text("utf-8")


def layers():
    contracts = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))
    (found,) = [
        contract["layers"]
        for contract in contracts["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    return [re.split(r" [|:] ", layer) for layer in found]


def test_its_layers_are_those_that_the_lint_holds():
    rows = re.findall(r"(?m)^\| (`[^|]+`) \|", PAGE)
    assert [re.findall(r"`(\w+)`", row) for row in rows] == layers()


def test_every_path_it_names_is_there():
    named = {path for path in re.findall(r"`([\w./-]+)`", PAGE) if "/" in path}
    assert len(named) > 15
    assert [path for path in sorted(named) if not (PROJECT_ROOT / path).exists()] == []


def test_every_package_has_its_layer():
    folders = {path.parent.name for path in (PROJECT_ROOT / "dashboard").glob("*/__init__.py")}
    assert folders <= {name for layer in layers() for name in layer}
