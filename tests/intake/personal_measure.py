"""Precision and recall of the search for personal data, on invented files by a fixed seed.

`python -m tests.intake.personal_measure` prints what goes wrong, and the tables of
docs/personal_data.md.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dashboard.intake.content import Content
from dashboard.intake.formats.process import Limits
from dashboard.intake.reading import read_delivery
from tests.intake import held_out_files, personal_files
from tests.intake.invented_persons import hangul, rrn
from tests.intake.ordinary_files import ordinary
from tests.intake.searched_files import HEADER, ROW, Case, Maker

SEED = 20261128
HELD_OUT_SEED = 20261201
EACH = 24
"""Files of each kind, about."""


def cases() -> Iterator[Case]:
    """All files: for each spelling a few, for each kind about as many."""
    draw = random.Random(SEED)
    makers = {
        "rrn": list(personal_files.numbers(False)),
        "foreigner": list(personal_files.numbers(True)),
        "phone": list(personal_files.phones()),
        "passport": list(personal_files.passports()),
        "email": list(personal_files.mails()),
        "name": list(personal_files.names()),
        "birth": list(personal_files.births()),
        "": list(ordinary()),
    }
    listed: dict[str, list[tuple[str, str, Maker]]] = {
        rule: [(rule, about, make) for about, make in of_rule] for rule, of_rule in makers.items()
    }
    for rules, about, make in personal_files.further():
        listed.setdefault(rules.split()[0], []).append((rules, about, make))
    for rule, of_rule in listed.items():
        for rules, about, make in of_rule:
            for number in range(max(2, EACH // len(of_rule)) if rule else 6):
                yield Case(rules, about, f"figures-{number}.csv", make(draw))
    for _ in range(4):
        yield Case("name", "name of the file", f"{hangul(draw)}_진료내역.csv", [HEADER, ROW])
        yield Case("rrn", "name of the file", f"{'-'.join(rrn(draw))}.csv", [HEADER, ROW])
        yield Case(
            "",
            "name of the file",
            draw.choice(("대구외국인환자", "유치실적_최종", "2025년_정산서", "이용자_현황"))
            + ".csv",
            [HEADER, ROW],
        )


def held_out_cases() -> Iterator[Case]:
    """Whole lists and forms of other shapes than those of `cases`."""
    draw = random.Random(HELD_OUT_SEED)
    for makers, times in ((held_out_files.personal, 3), (held_out_files.ordinary, 2)):
        for rule, about, make in makers():
            for number in range(times):
                yield Case(rule, about, f"figures-{number}.csv", make(draw))


def rules_found(case: Case, content: Content | None = None) -> set[str]:
    """The rules of personal data that a file breaks, as the door says."""
    content = content or Content(case.content())
    delivery = read_delivery("observations", case.name, content, None, None, {}, Limits())
    rules = {finding.rule for finding in delivery.findings}
    return {rule.removeprefix("personal-") for rule in rules if rule.startswith("personal-")}


@dataclass
class Measure:
    """How well one kind is found."""

    files: int = 0
    """That hold it."""
    refused: int = 0
    """Those of them that are turned away, whatever kind says so: a file goes as a whole."""
    named: int = 0
    """Those of them that are said to hold it."""
    said: int = 0
    """Files said to hold it, rightly or not."""


@cache
def measure(held_out: bool = False) -> dict[str, Measure]:
    """Kind → how well it is found; under the empty one stand the ordinary files.

    A finding of a kind counts as right only where the file holds that very kind.
    """
    files: dict[str, Measure] = {}
    for case in held_out_cases() if held_out else cases():
        found = rules_found(case)
        for rule in case.held or [""]:
            count = files.setdefault(rule, Measure())
            count.files += 1
            count.refused += bool(found)
            count.named += rule in found
        for rule in found:
            files.setdefault(rule, Measure()).said += 1
    return files


def missed() -> Iterator[str]:
    """What goes wrong, file by file, to be read by who mends it."""
    for case in (*cases(), *held_out_cases()):
        found = rules_found(case)
        if found != set(case.held):
            yield f"{case.rule or 'ordinary'}, {case.about}: {case.name} {case.rows[-1]} {found}"


BEFORE: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "rrn": ((22, 22, 31), (42, 42, 44)), "foreigner": ((18, 18, 25), (38, 38, 38)),
    "passport": ((16, 16, 22), (28, 28, 29)), "phone": ((30, 30, 42), (48, 48, 48)),
    "email": ((6, 6, 6), (22, 22, 22)), "name": ((34, 34, 42), (94, 94, 94)),
    "birth": ((0, 0, 0), (24, 24, 24)), "chart": ((0, 0, 0), (20, 20, 20)),
    "diagnosis": ((10, 0, 0), (16, 16, 16)), "address": ((0, 0, 0), (24, 24, 24)),
    "card": ((0, 0, 0), (12, 12, 12)), "account": ((0, 0, 0), (8, 8, 26)),
    "": ((37, 0, 0), (21, 0, 0)),
}  # fmt: skip
"""The same files read by the search of the first release, and by that before further spellings.

Each: turned away, named, said.
"""
AT_FIRST: dict[str, tuple[int, int, int]] = {
    "rrn": (9, 9, 9), "foreigner": (3, 3, 3), "passport": (15, 15, 15), "phone": (24, 18, 18),
    "email": (6, 6, 6), "name": (45, 30, 30), "birth": (21, 18, 18), "chart": (3, 3, 3),
    "diagnosis": (6, 3, 3), "address": (9, 9, 9), "card": (3, 3, 3), "account": (6, 6, 6),
    "": (0, 0, 0),
}  # fmt: skip
"""The held-out files, read before anything was mended for them: turned away, named, said."""
_TITLES = {
    "rrn": "resident registration number", "foreigner": "registration number of a foreigner",
    "passport": "passport", "phone": "phone", "email": "e-mail", "name": "name",
    "birth": "date of birth", "chart": "chart number", "diagnosis": "diagnosis of a person",
    "address": "address", "card": "card", "account": "bank account", "": "ordinary files",
}  # fmt: skip


def table() -> str:
    """The first table of docs/personal_data.md."""
    lines = [
        "| Kind | Files | Recall first | Recall then | Recall now | Named now "
        "| Precision first | Precision then | Precision now |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    now = measure()
    for rule, title in _TITLES.items():
        found = now[rule]
        first, then = BEFORE[rule]
        if not rule:
            wrong = f"turned away wrongly: {first[0]} first, {then[0]} then, {found.refused} now"
            lines.append(f"| {title} | {found.files} | {wrong} | | | | | | |")
            continue
        cells = (
            _share(first[0], found.files), _share(then[0], found.files),
            _share(found.refused, found.files), _share(found.named, found.files),
            _share(*first[1:]), _share(*then[1:]), _share(found.named, found.said),
        )  # fmt: skip
        lines.append(f"| {title} | {found.files} | {' | '.join(cells)} |")
    return "\n".join(lines)


def held_out_table() -> str:
    """The second table: files written before the search was looked at, and what mending did."""
    lines = [
        "| Kind | Files | Recall at first | Named at first | Recall mended | Named mended "
        "| Precision at first | Precision mended |",
        "|---|---|---|---|---|---|---|---|",
    ]
    now = measure(held_out=True)
    for rule, title in _TITLES.items():
        found, (refused, named, said) = now[rule], AT_FIRST[rule]
        if not rule:
            wrong = f"turned away wrongly: {refused} at first, {found.refused} mended"
            lines.append(f"| {title} | {found.files} | {wrong} | | | | | |")
            continue
        cells = (
            _share(refused, found.files), _share(named, found.files),
            _share(found.refused, found.files), _share(found.named, found.files),
            _share(named, said), _share(found.named, found.said),
        )  # fmt: skip
        lines.append(f"| {title} | {found.files} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


if __name__ == "__main__":
    print("\n".join(missed()))
    print(table())
    print()
    print(held_out_table())
