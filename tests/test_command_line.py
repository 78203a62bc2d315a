"""The command line: exit statuses, what is printed where, and the last good build in force."""

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys

import pytest
from attrs import evolve

from dashboard.__main__ import main
from dashboard.commands import application
from dashboard.intake.record_files import RecordFiles
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.ask import open_record
from dashboard.store.brought_up import is_brought_up, note_brought_up
from dashboard.store.lake import Lake
from dashboard.store.pointer import marts_file, pointer_file, read_pointer
from dashboard.store.refusal import read_refusal

POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell with closed streams")
FIGURE = ["ask", "figure", "--metric", "foreign_patients", "--region", "KR-27", "--year"]


def rows(value):
    return {
        "sources": [
            {"source_id": "city", "tier": "official", "publisher": "Daegu :100: [b]"},
            {"source_id": "paper", "publisher": "=1+1"},
        ],
        "observations": [
            {"source_id": "city", "value": str(value)},
            {"source_id": "paper", "value": str(value)},
            {"source_id": "paper", "value": "17745", "year": "2018"},
        ],
    }


@pytest.fixture(scope="module")
def built(small_settings, build_of, rewinder):
    """A workspace whose public record says 31,183 for 2019, built once."""
    made = small_settings(rows(31183))
    build_of(made)
    return made, [rewinder(made.workspace), rewinder(made.public_record)]


@pytest.fixture
def used(built, process_settings):
    """Settings of the process: that workspace, as it was made."""
    made, rewinds = built
    for rewind in rewinds:
        rewind()
    return process_settings(made)


@pytest.fixture
def run(used, capsys):
    """Runs one command as a process of its own would: exit status, standard output, errors."""

    def command(*arguments):
        open_record.cache_clear()
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def spoil(used):
    """Break one cell of the public record: the value on line 3, the second figure."""
    path = used.public_record / "observations.csv"
    lines = path.read_text("utf-8").split("\n")
    assert "31183" in lines[2]
    lines[2] = lines[2].replace("31183", "many")
    path.write_text("\n".join(lines), "utf-8")


def test_build_and_ask(run, used):
    status, out, err = run("build")
    assert (status, err) == (0, "")
    assert json.loads(pointer_file(used).read_text("utf-8"))["build_id"] in out
    status, out, err = run(*FIGURE, 2019)
    assert (status, err) == (0, "")
    for part in ("31183", "settled", "source city", "source paper", "snapshot 1"):
        assert part in out


def test_json(run, used):
    status, out, err = run(*FIGURE, 2019, "--format", "json")
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert set(answer) == {"rows", "provenance"}
    (row,) = answer["rows"]
    assert (row["value"], row["previous_value"], row["change"]) == (31183, 17745, 13438)
    assert row["source_ids"] == ["city", "paper"]
    origin = answer["provenance"]
    assert (origin["question"], origin["snapshot"]) == ("figure", 1)
    assert origin["parameters"] == {
        "metric": "foreign_patients", "region": "KR-27", "year": 2019, "period": "annual",
        "nationality": None, "department": None, "institution_class": None,
    }  # fmt: skip
    assert origin["build_id"] == json.loads(pointer_file(used).read_text("utf-8"))["build_id"]
    assert [(source["source_id"], source["tier"]) for source in origin["sources"]] == [
        ("city", "official"), ("paper", "newspaper")
    ]  # fmt: skip
    assert origin["withheld"] == 0


def test_no_data_is_null_not_zero(run):
    _, out, _ = run(*FIGURE, 2011, "--format", "json")
    (row,) = json.loads(out)["rows"]
    assert (row["value"], row["evidence"], row["source_ids"]) == (None, "no data", [])


def test_csv(run):
    status, out, err = run("ask", "claims", *FIGURE[2:], 2019, "--format", "csv")
    assert (status, err) == (0, "")
    found = list(csv.DictReader(io.StringIO(out)))
    assert [(row["value"], row["is_settled"]) for row in found] == [
        ("31183", "true"), ("31183", "false")
    ]  # fmt: skip
    assert found[1]["publisher"] == "'=1+1", "no spreadsheet may take it for a formula"
    _, out, _ = run(*FIGURE, 2019, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["source_ids"] == "city;paper"


def test_a_table_holds_texts_as_they_are(run):
    """Nothing in them is a sign or a style, as rich writes them."""
    _, out, _ = run("ask", "sources")
    cell, line = (text for text in out.splitlines() if "Daegu" in text)
    assert "│ Daegu :100: [b] " in cell
    assert "source city · Daegu :100: [b] · " in line


def test_list_names_questions_and_parameters(run):
    status, out, _ = run("ask", "--list")
    assert status == 0
    lines = out.splitlines()
    place = lines.index("ranking")
    assert lines[place + 1].strip().startswith("Where does each region")
    assert lines[place + 2].split()[:3] == ["--metric", "VARCHAR", "(needed)"]


@pytest.mark.parametrize(
    ("option", "as_of"), [("--first-year", "--as-of=1"), ("--first_year", "--as_of=1")]
)
def test_options_stand_in_any_order_and_names_are_written_either_way(run, option, as_of):
    asked = ["ask", "--format", "json", "ranking_years", f"{option}=2015", as_of]
    status, out, _ = run(*asked, *FIGURE[2:4])
    assert status == 0
    parameters = json.loads(out)["provenance"]["parameters"]
    assert (parameters["metric"], parameters["first_year"]) == (FIGURE[3], 2015)


def test_help_names_what_each_command_does_and_what_each_question_takes(run):
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    for command in application.app:
        if not command.startswith("-"):
            assert re.search(rf"│ {command} +[A-Z][a-z]", out), command
    status, out, err = run("ask", "--help")
    assert (status, err) == (0, "")
    assert "QUESTION" in out
    assert "--as-of" in out
    status, out, err = run("ask", "ranking", "--help")
    assert (status, err) == (0, "")
    assert "Where does each region" in out
    assert "--metric VARCHAR" in out
    assert "(needed)" in out
    assert "--as-of" in out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", "figures"], ["'figures'", "figure", "ranking"]),
        (["ask"], ["figure", "ranking"]),
        ([*FIGURE, "2019", "--city", "Daegu"], ["city", "metric", "institution_class"]),
        (["ask", "figure", "--metric", "foreign_patients"], ["region, year"]),
        ([*FIGURE, "last"], ["year", "'last'", "whole number"]),
        (["ask", "regions", "--as-of", "7"], ["7", "newest is 1"]),
        (["ask", "sources", "--region", "KR-27"], ["region", "nothing"]),
        (["ask", "sources", "KR-27"], ["KR-27", "--help"]),
        (["ask", "--list", "--all"], ["--all", "--help"]),
        (["ask", "figure", "--metric", "-x"], ["expected one argument", "--NAME=-VALUE"]),
        ([*FIGURE, "2019", "--year", "2018"], ["--year", "given twice"]),
        (FIGURE, ["--year", "expected one argument"]),
        (["ask", "regions", "--format", "xml"], ["'xml'", "csv"]),
        (
            ["ask", "figure", "--metric", "x", "--region", "KR-27", "--year", "2019"],
            ["'x'", "foreign_patients"],
        ),
    ],
)
def test_wrong_usage_names_what_there_is(run, arguments, named):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    for part in named:
        assert part in err


@pytest.mark.parametrize(
    "arguments", [["wish"], ["ask", "regions", "--as-of", "now"], ["build", "x"]]
)
def test_unknown_commands_and_options(run, arguments):
    status, out, err = run(*arguments)
    assert status == 2
    assert arguments[-1] in out + err


def test_as_of(run, used, small_package):
    small_package(rows(31999), used.public_record)
    found = {}
    for options in ([], ["--as-of", "1"], ["--as-of", "2"]):
        status, out, _ = run(*FIGURE, 2019, "--format", "json", *options)
        assert status == 0
        answer = json.loads(out)
        found[" ".join(options)] = answer["rows"][0]["value"], answer["provenance"]["snapshot"]
    assert found == {"": (31999, 2), "--as-of 1": (31183, 1), "--as-of 2": (31999, 2)}


def test_broken_row_is_named_and_the_last_good_build_answers(run, used):
    before = pointer_file(used).read_text("utf-8")
    spoil(used)
    status, out, err = run("build")
    assert (status, out) == (1, "")
    for part in ("observations.csv:3", "value", "'many'", "type"):
        assert part in err
    status, out, err = run(*FIGURE, 2019, "--format", "json")
    assert status == 0
    assert json.loads(out)["rows"][0]["value"] == 31183
    assert "observations.csv:3" in err
    assert pointer_file(used).read_text("utf-8") == before
    (finding,) = read_refusal(used).findings
    assert (finding["line"], finding["rule"]) == (3, "type")


def test_refusal_is_forgotten_once_all_is_well(run, used, small_package):
    spoil(used)
    assert run("build")[0] == 1
    assert read_refusal(used)
    small_package(rows(31183), used.public_record)
    assert run("build")[0] == 0
    assert read_refusal(used) is None


def test_refusal_is_forgotten_by_the_record_that_was_there_before(run, used, small_package):
    assert run(*FIGURE, 2019)[0] == 0
    spoil(used)
    assert "observations.csv:3" in run(*FIGURE, 2019)[2]
    small_package(rows(31183), used.public_record)
    assert run(*FIGURE, 2019)[2] == ""
    assert read_refusal(used) is None


def test_where_nothing_changed_a_question_opens_no_lake(run, used, monkeypatch):
    assert run(*FIGURE, 2019)[0] == 0

    def opened(*_given, **_options):
        raise AssertionError("the lake was opened")

    monkeypatch.setattr(Lake, "attached", opened)
    assert run(*FIGURE, 2019)[0] == 0
    spoil(used)
    with pytest.raises(AssertionError, match="was opened"):
        run(*FIGURE, 2019)


def test_what_was_handed_in_behind_a_build_is_not_taken_for_built(run, used):
    """Somebody takes a batch back between the build and the note: the next command builds."""
    assert run(*FIGURE, 2019)[0] == 0
    digest = RecordFiles(used.public_record).digest
    lake = Lake(used)
    lake.revert(lake.batches()[0].batch_id, "kim", "wrong year")
    note_brought_up(used, digest)
    assert not is_brought_up(used, digest)


@pytest.mark.parametrize("change", ["record", "batch taken back", "build gone", "pointer", "sql"])
def test_what_changed_is_seen_by_the_next_question(run, used, small_package, tmp_path, change):
    assert run(*FIGURE, 2019)[0] == 0
    digest = RecordFiles(used.public_record).digest
    assert is_brought_up(used, digest)
    if change == "record":
        small_package(rows(31999), used.public_record)
        digest = RecordFiles(used.public_record).digest
    elif change == "batch taken back":
        lake = Lake(used)
        lake.revert(lake.batches()[0].batch_id, "kim", "wrong year")
    elif change == "build gone":
        marts_file(used, read_pointer(used).build_id).unlink()
    elif change == "pointer":
        pointer_file(used).write_text("{", encoding="utf-8")
    else:
        shutil.copytree(used.queries, tmp_path / "queries")
        (tmp_path / "queries" / "checks" / "check_more.sql").write_text("SELECT 1 WHERE false")
        used = evolve(used, queries=tmp_path / "queries")
    assert not is_brought_up(used, digest)


def test_broken_row_without_a_former_build(run, used):
    shutil.rmtree(used.workspace)
    spoil(used)
    status, out, err = run(*FIGURE, 2019)
    assert (status, out) == (1, "")
    assert "observations.csv:3" in err


def test_missing_descriptor_is_said_in_words(run, used):
    (used.public_record / "datapackage.json").unlink()
    status, out, err = run("build")
    assert (status, out) == (1, "")
    assert "datapackage.json" in err


def test_processes_that_start_at_once_store_the_delivery_once(tmp_path):
    environment = os.environ | {"CLUSTER_REVIEW_WORKSPACE": str(tmp_path)}
    command = [sys.executable, "-m", "dashboard"]
    started = [
        subprocess.Popen([*command, *arguments], env=environment, cwd=PROJECT_ROOT)
        for arguments in (["build"], ["build"], ["ask", "regions"])
    ]
    assert [process.wait(timeout=240) for process in started] == [0, 0, 0]
    assert len(Lake(Settings(workspace=tmp_path)).batches()) == 1


NOT_FOR_A_QUESTION = (
    {
        "cyclopts",
        "pydantic",
        "scipy",
        "streamlit",
        "plotly",
        "pptx",
        "openpyxl",
        "xlsxwriter",
        "hwpx",
    }
    | {"pyarrow"}  # rows on their way into the lake
    | {"tenacity", "filelock", "dashboard.store.lake", "dashboard.store.build"}
    | {"pandas.core", "babel", "asyncio", "ssl", "rich._emoji_codes"}
)


def test_a_question_loads_neither_solver_nor_page_nor_any_format(run, used):
    """What only a build, an intake, a page or a file needs would take longer than the answer."""
    assert run("ask", "regions")[0] == 0  # brings it up to date
    environment = os.environ | {
        "CLUSTER_REVIEW_WORKSPACE": str(used.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(used.public_record),
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dashboard", "ask", "regions"],
        env=environment, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"duckdb", "dashboard.store.ask"} <= loaded
    assert loaded & NOT_FOR_A_QUESTION == set()


@pytest.mark.parametrize(
    "asked",
    [
        ["serve", "--port", "0", "--workers", "1.5"],
        ["reload", "--port", "8501.4"],
        ["ask", "regions", "--as-of", "1.5"],
    ],
)
def test_half_a_number_is_refused_and_not_rounded(run, asked):
    status, out, errors = run(*asked)
    assert (status, out) == (2, "")
    assert asked[-1] in errors
    assert "int" in errors


def test_a_port_that_is_taken_is_said_before_anything_is_built_or_printed(run, monkeypatch):
    monkeypatch.setattr("dashboard.commands.serve.bring_up_to_date", pytest.fail)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, errors = run("serve", "--port", str(port))
    assert (status, out) == (2, "")
    title, where, remedy = errors.splitlines()
    assert title == "The port cannot be had"
    assert str(port) in where
    assert "--port" in remedy


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_that_does_not_exist_is_said_before_anything_is_built(run, port):
    status, out, errors = run("serve", "--port", port)
    assert (status, out) == (2, "")
    assert errors.splitlines()[:2] == ["There is no such port", port]


@pytest.fixture
def in_a_shell(used):
    """Run a line of a shell in which `review` is the command line."""
    environment = os.environ | {
        "CLUSTER_REVIEW_WORKSPACE": str(used.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(used.public_record),
        "PYTHONUNBUFFERED": "",
    }
    review = f'review() {{ "{sys.executable}" -m dashboard "$@"; }}'

    def run(line, **more):
        return subprocess.run(
            ["bash", "-c", f"{review}; {line}"],
            env=environment | more, cwd=PROJECT_ROOT, capture_output=True, check=False,
        )  # fmt: skip

    return run


@POSIX
@pytest.mark.parametrize("line", ["ask regions --format csv", "batches --format json", "log"])
def test_closed_outputs_change_no_exit_status(run, in_a_shell, line):
    run("build")
    whole = in_a_shell(f"review {line}")
    assert whole.returncode == 0
    without_errors = in_a_shell(f"review {line} 2>&-")
    assert (without_errors.returncode, without_errors.stdout) == (0, whole.stdout)
    without_output = in_a_shell(f"review {line} >&-")
    assert (without_output.returncode, without_output.stderr) == (0, b"")
    assert in_a_shell("review ask nothing 2>&-").returncode == 2


@POSIX
@pytest.mark.parametrize("line", ["ask regions --format csv", "batches", "ask --list"])
def test_an_output_that_is_not_whole_is_said_in_words(run, in_a_shell, line):
    run("build")
    done = in_a_shell(f"review {line} >/dev/full")
    assert done.returncode == 1
    title, why, remedy = done.stderr.decode().splitlines()
    assert (title, why) == ("The output is not whole", "No space left on device")
    assert "batches" in remedy


@POSIX
@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_workspace_that_is_no_folder_is_said_in_words(in_a_shell, tmp_path, place):
    (tmp_path / "file").touch()
    asked = in_a_shell("review ask regions", CLUSTER_REVIEW_WORKSPACE=str(tmp_path / place))
    assert asked.returncode == 1
    title, where, remedy = asked.stderr.decode().splitlines()
    assert (title, where) == ("The workspace is no folder", str(tmp_path / place))
    assert "CLUSTER_REVIEW_WORKSPACE" in remedy


@POSIX
def test_a_file_is_utf_8_where_the_system_writes_otherwise(run, in_a_shell):
    """As on a Korean Windows, whose code has no `⋅`."""
    run("build")
    whole = in_a_shell("review ask sources --format json").stdout
    other = in_a_shell("review ask sources --format json", PYTHONIOENCODING="cp949")
    assert (other.returncode, other.stdout) == (0, whole)
    assert "Daegu" in json.loads(whole)["rows"][0]["publisher"]


def test_whoever_reads_no_further_is_told_nothing(used):
    """As `python -m dashboard ask --list | head -1`."""
    environment = os.environ | {"CLUSTER_REVIEW_WORKSPACE": str(used.workspace)}
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "ask", "--list"],
        env=environment, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as asking:  # fmt: skip
        asking.stdout.close()
        assert asking.stderr.read() == b""
    assert asking.returncode == 1
