"""Things have the names of the field in which a newcomer knows them."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import dashboard

ROOT = Path(dashboard.__file__).parent
NOT_NAMES = {"told", "matter", "inquiry", "lettering", "workshop", "books", "door", "rooms"}
WORKED_ON = ["judging", "store", "intake", "commands", "ui/review_room", "ui/handing_in"]
FILES = [*ROOT.rglob("*.py"), *(ROOT.parent / "queries").rglob("*.*")]


def names(layer):
    """Every variable, argument, function and class of a layer: place and name."""
    for path in (ROOT / layer).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                node.id
                if isinstance(node, ast.Name)
                else node.arg
                if isinstance(node, ast.arg)
                else getattr(node, "name", None)
            )
            if name:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {name}", str(name)


@pytest.mark.parametrize(
    "layer", ["content", "judging", "render", "ui", "store", "intake", "commands"]
)
def test_no_variable_has_a_name_that_says_nothing(layer):
    assert [where for where, name in names(layer) if name.strip("_").lower() in NOT_NAMES] == []


@pytest.mark.parametrize("layer", WORKED_ON)
def test_no_variable_is_what_was_said_or_a_room(layer):
    found = [where for where, name in names(layer) if name.strip("_").lower() in {"said", "room"}]
    assert found == []


@pytest.mark.parametrize("word", [r"workshops?", r"(?:one|only|the) door", r"SQL rooms?"])
def test_a_layer_is_called_a_layer_and_a_connection_a_connection(word):
    """Read in code, comments and SQL; a building or an event of the record is no name."""
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    assert [path.name for path in FILES if pattern.search(path.read_text("utf-8"))] == []


def test_a_metric_read_for_a_page_is_the_only_reading():
    classes = defaultdict(list)
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes[node.name].append(str(path.relative_to(ROOT)))
    assert classes["Reading"] == ["kpi.py"]
