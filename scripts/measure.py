"""How large the tree is, and how often it says or decides the same thing: one table.

    python scripts/measure.py --at REVISION [--at …]

gives a column for each revision and one for the files as they stand.
"""

import argparse
import ast
import io
import re
import statistics
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG_SENTENCE, LONG_FILE = 60, 400
"""Letters of a sentence that is worth saying once, and lines of a file that is worth splitting."""
DOUBTS = frozenset(
    {"settled", "single source", "provisional", "approximate", "contested", "self-reported"}
)
"""Codes of evidence by which code can decide what is doubtful."""
HOME_OF_EVIDENCE = re.compile(r"evidence\.py$|^queries/macros/|^queries/marts/fct_claim\.sql$")
"""Where it is to be decided."""
SQL_LIST = re.compile(r"[\[(]\s*('[^']*'\s*(?:,\s*'[^']*'\s*)*)[\])]")
SQL_COMPARED = re.compile(r"(?:=|<>|!=)\s*'([^']*)'")
COMMENT = re.compile(r"--[^\n]*")


def measure(root: Path) -> dict[str, float]:
    """The figures of a tree, by what they count.

    Args:
        root: folder with `dashboard`, `tests` and `queries`.
    """
    product, tests = _python(root, "dashboard"), _python(root, "tests")
    templates = [path.read_text("utf-8") for path in (root / "dashboard").rglob("*.html")]
    functions = [
        node.end_lineno - node.lineno + 1
        for path in product
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    return {
        "Lines of Python, dashboard": sum(map(_lines, product)),
        "Lines of Python, tests": sum(map(_lines, tests)),
        "Lines of SQL": sum(map(_lines, (root / "queries").rglob("*.sql"))),
        "Files of Python, dashboard": len(product),
        "Files of Python, tests": len(tests),
        f"Files of Python over {LONG_FILE} lines": len(
            [path for path in product + tests if _lines(path) > LONG_FILE]
        ),
        "Templates": len(templates),
        "Lines of templates": sum(len(text.splitlines()) for text in templates),
        f"Sentences from {LONG_SENTENCE} letters in two files": len(doubled_sentences(root)),
        "Places that decide what is doubtful": len(doubtful_places(root)),
        "Functions of dashboard": len(functions),
        "Lines of a function, median": statistics.median(functions),
        "Lines of a function, 95th percentile": statistics.quantiles(
            functions, n=20, method="inclusive"
        )[-1],
        "Import circles": len(import_circles(root)),
    }


def doubled_sentences(root: Path) -> dict[str, set[str]]:
    """Long sentences of the product that stand in two files or more, with the files."""
    found: dict[str, set[str]] = defaultdict(set)
    messages = (root / "dashboard/i18n/ko/messages.po").read_text("utf-8")
    wanted = {text for text in _messages(messages) if len(text) >= LONG_SENTENCE}
    for path in _python(root, "dashboard"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Constant) and node.value in wanted:
                found[node.value].add(path.relative_to(root).as_posix())
    for path in (root / "dashboard").rglob("*.html"):
        text = " ".join(path.read_text("utf-8").split())
        for sentence in wanted:
            if sentence in text:
                found[sentence].add(path.relative_to(root).as_posix())
    return {sentence: files for sentence, files in found.items() if len(files) > 1}


def doubtful_places(root: Path) -> list[str]:
    """Where evidence codes are listed or compared outside the one place, as `file:line`."""
    places = []
    for path in [*_python(root, "dashboard"), *sorted((root / "queries").rglob("*.sql"))]:
        name = path.relative_to(root).as_posix()
        if not HOME_OF_EVIDENCE.search(name):
            lines = _of_python(_tree(path)) if path.suffix == ".py" else _of_sql(path)
            places += [f"{name}:{line}" for line in sorted(set(lines))]
    return places


def import_circles(root: Path) -> list[list[str]]:
    """Groups of modules each of which imports all others of the group, directly or not."""
    modules = {_module(root, path): path for path in _python(root, "dashboard")}
    imported = {name: _imports(_tree(path), modules) - {name} for name, path in modules.items()}
    reached = {name: _reach(name, imported) for name in modules}
    circles = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in modules
        if name in reached[name]
    }
    return [list(circle) for circle in sorted(circles)]


def _python(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).rglob("*.py"))


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _messages(catalogue: str) -> Iterator[str]:
    for found in re.finditer(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\s*)+)', catalogue, re.M):
        yield ast.literal_eval(f"({found[1]})")


def _of_python(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            if any(_codes(part) for part in [node.left, *node.comparators]):
                yield node.lineno
        elif len(_codes(node)) > 1:
            yield node.lineno


def _codes(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        parts: list[ast.expr | None] = [*node.elts]
    elif isinstance(node, ast.Dict):
        parts = node.keys
    else:
        parts = [node] if isinstance(node, ast.Constant) else []
    texts = {part.value for part in parts if isinstance(part, ast.Constant)}
    return {text for text in texts if isinstance(text, str)} & DOUBTS


def _of_sql(path: Path) -> Iterator[int]:
    text = COMMENT.sub("", path.read_text("utf-8"))
    for pattern in (SQL_LIST, SQL_COMPARED):
        for found in pattern.finditer(text):
            if DOUBTS & {code.strip().strip("'") for code in found[1].split(",")}:
                yield text.count("\n", 0, found.start()) + 1


def _module(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree: ast.Module, modules: dict[str, Path]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                found.add(inner if inner in modules else node.module)
    return found & modules.keys()


def _reach(start: str, imported: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = [*imported[start]]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += imported[name]
    return reached


def _measure_revision(revision: str) -> dict[str, float]:
    archive = subprocess.run(
        ["git", "archive", revision, "dashboard", "tests", "queries"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        return measure(Path(folder))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", action="append", default=[], metavar="REVISION")
    revisions = parser.parse_args().at
    columns = {revision: _measure_revision(revision) for revision in revisions}
    columns["now"] = measure(ROOT)
    names = list(columns["now"])
    width = max(map(len, names))
    print(" " * width, *(f"{head:>10}" for head in columns))
    for name in names:
        print(f"{name:<{width}}", *(f"{figures[name]:>10.10g}" for figures in columns.values()))


if __name__ == "__main__":
    main()
