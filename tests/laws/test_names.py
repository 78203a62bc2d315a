"""Things have the names of the field in which a newcomer knows them."""

import ast
from pathlib import Path

import pytest

import dashboard

ROOT = Path(dashboard.__file__).parent
NOT_NAMES = {"told", "matter", "inquiry", "lettering", "workshop", "books", "door"}


@pytest.mark.parametrize("layer", ["content", "judging", "render", "ui"])
def test_no_variable_has_a_name_that_says_nothing(layer):
    found = []
    for path in (ROOT / layer).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                node.id
                if isinstance(node, ast.Name)
                else node.arg
                if isinstance(node, ast.arg)
                else getattr(node, "name", None)
            )
            if str(name).strip("_").lower() in NOT_NAMES:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert not found
