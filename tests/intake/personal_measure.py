"""Precision and recall of the search for personal data, on invented files by a fixed seed.

`python -m tests.intake.personal_measure` prints the table of docs/personal_data.md, after what goes
wrong.
"""

import random
from collections.abc import Iterator

from dashboard.intake.content import Content
from dashboard.intake.formats.process import Limits
from dashboard.intake.reading import read_delivery
from tests.intake import personal_files
from tests.intake.invented_persons import hangul, rrn
from tests.intake.ordinary_files import ordinary
from tests.intake.searched_files import HEADER, ROW, Case, Maker

SEED = 20261128
EACH = 24
"""Files of each kind, about."""


def cases() -> Iterator[Case]:
    """All files: for each spelling a few, for each kind about as many."""
    draw = random.Random(SEED)
    makers: dict[str, list[tuple[str, Maker]]] = {
        "rrn": list(personal_files.numbers(False)),
        "foreigner": list(personal_files.numbers(True)),
        "phone": list(personal_files.phones()),
        "passport": list(personal_files.passports()),
        "email": list(personal_files.mails()),
        "name": list(personal_files.names()),
        "birth": list(personal_files.births()),
        "": list(ordinary()),
    }
    for rule, about, make in personal_files.further():
        makers.setdefault(rule, []).append((about, make))
    for rule, listed in makers.items():
        for about, make in listed:
            for number in range(max(2, EACH // len(listed)) if rule else 6):
                yield Case(rule, about, f"figures-{number}.csv", make(draw))
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


def rules_found(case: Case) -> set[str]:
    """The rules of personal data that a file breaks, as the door says."""
    delivery = read_delivery(
        "observations", case.name, Content(case.content()), None, None, {}, Limits()
    )
    rules = {finding.rule for finding in delivery.findings}
    return {rule.removeprefix("personal-") for rule in rules if rule.startswith("personal-")}


def measure() -> dict[str, tuple[int, int, int, int]]:
    """Rule → files of it, those of them turned away, files said to break it, rightly so.

    A file is turned away as a whole, so what counts for recall is that it is, whatever rule says
    so. An ordinary file that breaks a rule counts against that rule; under the empty rule stand
    the ordinary files and those of them that were turned away.
    """
    files: dict[str, list[int]] = {}
    for case in cases():
        found = rules_found(case)
        count = files.setdefault(case.rule, [0, 0, 0, 0])
        count[0] += 1
        count[1] += bool(found)
        for rule in found:
            said = files.setdefault(rule, [0, 0, 0, 0])
            said[2] += 1
            said[3] += bool(case.rule)
    return {rule: (one[0], one[1], one[2], one[3]) for rule, one in files.items()}


def missed() -> Iterator[str]:
    """What goes wrong, file by file, to be read by who mends it."""
    for case in cases():
        found = rules_found(case)
        if bool(found) != bool(case.rule):
            yield f"{case.rule or 'ordinary'}, {case.about}: {case.name} {case.rows[-1]} {found}"


BEFORE: dict[str, tuple[int, int, int]] = {
    "rrn": (18, 23, 18), "foreigner": (14, 21, 14), "passport": (16, 22, 16),
    "phone": (30, 42, 30), "email": (6, 6, 6), "name": (24, 52, 44), "birth": (0, 0, 0),
    "chart": (0, 0, 0), "diagnosis": (20, 0, 0), "address": (0, 0, 0), "card": (0, 0, 0),
    "account": (0, 0, 0), "": (37, 0, 0),
}  # fmt: skip
"""The same files read by the search as it was before 28 November 2026: turned away, said, right."""
_TITLES = {
    "rrn": "resident registration number", "foreigner": "registration number of a foreigner",
    "passport": "passport", "phone": "phone", "email": "e-mail", "name": "name",
    "birth": "date of birth", "chart": "chart number", "diagnosis": "diagnosis of a person",
    "address": "address", "card": "card", "account": "bank account", "": "ordinary files",
}  # fmt: skip


def table() -> str:
    """The table of docs/personal_data.md."""
    lines = [
        "| Kind | Files | Recall before | Recall now | Precision before | Precision now |",
        "|---|---|---|---|---|---|",
    ]
    now = measure()
    for rule, title in _TITLES.items():
        count, out, said, right = now[rule]
        out_before, said_before, right_before = BEFORE[rule]
        if not rule:
            wrong = f"turned away wrongly: {out_before} before, {out} now"
            lines.append(f"| {title} | {count} | {wrong} | | | |")
            continue
        cells = (
            _share(out_before, count), _share(out, count), _share(right_before, said_before),
            _share(right, said),
        )  # fmt: skip
        lines.append(f"| {title} | {count} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


if __name__ == "__main__":
    print("\n".join(missed()))
    print(table())
