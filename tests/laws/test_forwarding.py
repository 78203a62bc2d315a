"""What a caller needs it asks where it is: no class stands in between that only hands on."""

import ast
from pathlib import Path

import dashboard

ROOT = Path(dashboard.__file__).parent
_MOST = 2
"""Methods of one class that may hand on to a part of it."""


def forwards(method: ast.FunctionDef) -> bool:
    """Whether a method does nothing but call a method of a part with its own arguments."""
    body = [node for node in method.body if not _is_docstring(node)]
    call = getattr(body[0], "value", None) if len(body) == 1 else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    part = call.func.value
    of_itself = isinstance(part, ast.Attribute) and getattr(part.value, "id", "") == "self"
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    own = {argument.arg for argument in (*method.args.args, *method.args.kwonlyargs)}
    return of_itself and all(isinstance(one, ast.Name) and one.id in own for one in given)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_no_class_is_a_row_of_methods_that_only_hand_on():
    found = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
                names = [one.name for one in methods if forwards(one)]
                if len(names) > _MOST:
                    found[f"{path.relative_to(ROOT)} {node.name}"] = names
    assert not found
