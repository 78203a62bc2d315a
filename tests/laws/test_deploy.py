"""What is shipped to run the product fits the product and the guide."""

import re
import shlex
import shutil
import subprocess

import pytest
from attrs import fields_dict

from dashboard.commands.application import app
from dashboard.proxied import VISIT_COOKIE, base_of
from dashboard.settings import PROJECT_ROOT, Settings

DEPLOY = PROJECT_ROOT / "deploy"
GUIDE = (PROJECT_ROOT / "docs" / "operations.md").read_text("utf-8")
UNITS = sorted(DEPLOY.glob("*.service"))


def text(name):
    return (DEPLOY / name).read_text("utf-8")


def test_the_guide_names_every_file_and_every_file_named_is_there():
    named = set(
        re.findall(r"`(?:deploy/)?([\w@.-]+\.(?:service|timer|conf|sh)|Containerfile)`", GUIDE)
    )
    assert named >= {path.name for path in DEPLOY.iterdir()}
    assert {name for name in named if not (DEPLOY / name).exists()} == set()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_exists_with_options_that_it_has(unit):
    (line,) = re.findall(r"(?m)^ExecStart=(.+)$", unit.read_text("utf-8"))
    _python, _m, _package, command, *rest = shlex.split(line)
    arguments = app[command].assemble_argument_collection()
    known = {argument.name for argument in arguments}
    assert {word for word in rest if word.startswith("--")} <= known
    named = re.findall(r"CLUSTER_REVIEW_([A-Z_]+)", unit.read_text("utf-8"))
    assert {name.lower() for name in named} <= set(fields_dict(Settings))


def test_proxy_unit_and_image_have_one_path():
    found = {
        name: set(re.findall(pattern, text(name)))
        for name, pattern in {
            "nginx.conf": r"location =? ?(/cluster-review)/",
            "cluster-review@.service": r"--base-path (\S+)",
            "Containerfile": r'"--base-path", "([^"]+)"',
        }.items()
    }
    assert set(map(frozenset, found.values())) == {frozenset({"/cluster-review"})}
    assert base_of("/cluster-review/") == "/cluster-review"


def test_the_proxy_keeps_browsers_by_the_cookie_that_is_set_and_takes_what_the_settings_take():
    site = text("nginx.conf")
    assert set(re.findall(r"\$cookie_(\w+)", site)) == {VISIT_COOKIE}
    limit = fields_dict(Settings)["upload_limit_mb"].default
    assert f"client_max_body_size    {limit}m;" in site


def test_the_image_holds_what_the_program_reads():
    copied = set(re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text("Containerfile")))
    names = {name for line in copied for name in line.split()}
    assert {name for name in names if not (PROJECT_ROOT / name).exists()} == set()
    assert {"dashboard", "data", "queries", ".streamlit/config.toml", "requirements.txt"} <= names


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
@pytest.mark.parametrize("unit", [*UNITS, DEPLOY / "cluster-review-backup.timer"], ids=str)
def test_systemd_understands_the_units(unit, tmp_path):
    for path in (*UNITS, DEPLOY / "cluster-review-backup.timer"):
        name = path.name.replace("@.", "@8501.")
        shown = path.read_text("utf-8").replace(
            "/opt/cluster-review/current/.venv/bin/python", "/bin/true"
        )
        (tmp_path / name).write_text(shown, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name.replace("@.", "@8501.")],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "cluster-review" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.parametrize("script", [*DEPLOY.glob("*.sh"), *(PROJECT_ROOT / "scripts").glob("*.sh")])
def test_a_script_is_one_that_the_shell_understands(script):
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
