"""What README and docs name exists, and what exists is named in them, in the place for it."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from attrs import fields_dict

from dashboard import __version__
from dashboard.commands.application import app
from dashboard.settings import PREFIX, PROJECT_ROOT, Secret, Settings

README = (PROJECT_ROOT / "README.md").read_text("utf-8")
DOCS = {
    path.relative_to(PROJECT_ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted((PROJECT_ROOT / "docs").rglob("*.md"))
}
RUNNING, COMMAND_LINE = DOCS["docs/running.md"], DOCS["docs/command_line.md"]
SECURITY = (PROJECT_ROOT / "SECURITY.md").read_text("utf-8")
QUERIES_README = (PROJECT_ROOT / "queries" / "README.md").read_text("utf-8")
MAKEFILE = (PROJECT_ROOT / "Makefile").read_text("utf-8")
COMMANDS = [name for name in app if not name.startswith("-")]


def written():
    """All that is written about the product."""
    return "\n".join((README, QUERIES_README, *DOCS.values()))


def rows(text):
    """The cells of every table row."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def requirements(file):
    lines = (PROJECT_ROOT / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_security_names_is_there():
    named = re.findall(r"`((?:tests|dashboard)/[^`]+)`", SECURITY)
    assert len(named) > 10
    assert [name for name in named if not list(PROJECT_ROOT.glob(name))] == []


# ---- Settings


@pytest.mark.parametrize("name", fields_dict(Settings))
def test_setting_has_a_row_with_its_default(name):
    default = fields_dict(Settings)[name].default
    if isinstance(default, Path):
        default = default.relative_to(PROJECT_ROOT).as_posix()
    if isinstance(default, Secret):
        default = default.text or None
    shown = str(default) if default not in (None, ()) else ""
    start = [f"`{PREFIX}{name.upper()}` (`{name}`)", f"`{shown}`" if shown else "none"]
    assert [row for row in rows(RUNNING) if row[:2] == start], start


def test_every_setting_named_exists():
    named = set(re.findall(r"CLUSTER_REVIEW_([A-Z0-9_]+)", written()))
    assert named == {name.upper() for name in fields_dict(Settings)}


# ---- Command line


def commands_of(command):
    """A command that does something, or those under one that only groups them."""
    if command.default_command is not None:
        return [command]
    return [command[name] for name in command if not name.startswith("-")]


@pytest.mark.parametrize("command", COMMANDS)
def test_command_has_a_row_with_its_options(command):
    (row,) = [row for row in rows(COMMAND_LINE) if row[0] == f"`python -m dashboard {command}`"]
    for found in commands_of(app[command]):
        arguments = found.assemble_argument_collection()
        options = {argument.name for argument in arguments if argument.name.startswith("--")}
        assert {name for name in options - {"--[KEYWORD]"} if f"`{name}`" not in row[1]} == set()


def test_every_command_named_exists():
    assert set(re.findall(r"-m dashboard ([a-z]+)", written())) == set(COMMANDS)


def test_every_question_asked_exists():
    asked = set(re.findall(r"-m dashboard ask ([a-z_]+)", COMMAND_LINE))
    assert asked
    assert asked <= {path.stem for path in (PROJECT_ROOT / "queries/questions").glob("*.sql")}


# ---- Make


def test_every_target_is_named_and_every_target_named_exists():
    targets = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README + RUNNING, re.MULTILINE))
    assert named == targets
    assert {
        name for name in targets if not re.search(rf"^{name}:", MAKEFILE, re.MULTILINE)
    } == set()


# ---- Dependencies


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_dependencies_have_rows_and_exact_versions(file):
    named = {plain(row[0]) for row in rows(README) if len(row) == 3 and all(row)}
    for line in requirements(file):
        stated = re.fullmatch(r"([\w.-]+)(\[\w+\])?==[\w.]+", line)
        assert stated
        assert plain(stated[1]) in named


def test_everything_imported_is_a_stated_dependency():
    stated = {plain(line.split("==")[0]) for line in requirements("requirements.txt")}
    distributions = packages_distributions()
    for path in (PROJECT_ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module]
            else:
                continue
            for top in {name.partition(".")[0] for name in names} - {"dashboard"}:
                if top not in sys.stdlib_module_names:
                    owners = {plain(name) for name in distributions.get(top, ())}
                    assert owners & stated, f"{path.name} imports {top}"


def test_version_is_the_same_in_both_places():
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


# ---- Links and examples


def test_the_readme_is_short_and_leads_to_every_page_of_the_docs():
    assert len(README.splitlines()) <= 140
    assert [path for path in DOCS if f"]({path})" not in README] == []


@pytest.mark.parametrize("file", ["README.md", "queries/README.md", "CONTRIBUTING.md", *DOCS])
def test_links_into_the_tree_resolve(file):
    path = PROJECT_ROOT / file
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []
