"""The practice round: invented scores of six invented judges, for trying the review room.

It is a stream of its own kind (`practice/…`). It never enters the record, and nothing ranks it
beside anything announced.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.judging.rules_text import rules_json, rules_of
from dashboard.judging.sign_in import APPLICANT, CHAIR, prepare, role_of, write_code
from dashboard.judging.streams import PRACTICE, Streams, panel_stream
from dashboard.judging.views import IssuedCode, RoundView
from dashboard.settings import PROJECT_ROOT
from dashboard.store.ledger import Writer

_FILE = PROJECT_ROOT / "data" / "practice" / "round.json"


class Practice:
    """Opens practice rounds. Their codes are no secret: anybody may try every part."""

    def __init__(self, streams: Streams, file: Path = _FILE) -> None:
        self._streams = streams
        self._file = file

    def open(self, restart: bool = False) -> RoundView:
        """The practice round, made if there is none: six judges with invented scores.

        Args:
            restart: make another one, for when somebody closed or signed the current one.
        """
        number = self._count()
        if restart or number == 0:
            number += 1
            self._make(f"{PRACTICE}{number}")
        with self._streams.reading(f"{PRACTICE}{number}") as state:
            return state.view()

    def codes(self) -> list[IssuedCode]:
        """Codes of the current practice round, open to everybody; the chair's first.

        A practice round made before there were deputies and contacts has none of theirs. Who got
        another code, or none any more, is left out and stands in `ended`.
        """
        round_id = self.open(restart=False).round_id
        with self._streams.reading_sign_in(round_id) as signed:
            in_force = {one for one in signed.issued if signed.has_first_code(one)}
        return [
            IssuedCode(round_id, True, person["id"], person["name"], person["code"])
            for person in self._people()
            if person["id"] in in_force
        ]

    def ended(self) -> list[str]:
        """Names of those whose code of the current practice round opens it no more.

        It was revoked, or replaced by one that is no longer open to everybody.
        """
        round_id = self.open(restart=False).round_id
        with self._streams.reading_sign_in(round_id) as signed:
            gone = {one for one in signed.issued if not signed.has_first_code(one)}
        return [person["name"] for person in self._people() if person["id"] in gone]

    def _count(self) -> int:
        return len(self._streams.ledger.streams(f"practice/{PRACTICE}"))

    def _people(self) -> list[dict[str, str]]:
        written = self._read()
        others = [*written["judges"], *written["deputies"], *written["applicants"]]
        return [{"id": CHAIR, **written["chair"]}, *others]

    def _read(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        return content

    def _make(self, round_id: str) -> None:
        with self._streams.writing_sign_in(round_id) as (_state, codes):
            if codes.number == 0:
                salt = prepare(codes)
                for person in self._people():
                    holder = person["id"]
                    role = role_of(holder)
                    write_code(codes, salt, holder, person["name"], role, person["code"])
        # Somebody else may have made it in between: then there is nothing to do.
        with self._streams.ledger.writing(panel_stream(round_id)) as writer:
            if writer.number == 0:
                _write(writer, self._read())


def _write(writer: Writer, written: dict[str, Any]) -> None:
    rules = rules_of(written["rules"])
    deputies = [person["name"] for person in written["deputies"]]
    content = {"rules": rules_json(rules), "chair": written["chair"]["name"], "deputies": deputies}
    writer.append("created", "chair", content)
    for judge in written["judges"]:
        writer.append("judge_assigned", "chair", {"judge_id": judge["id"], "name": judge["name"]})
    for contact in written["applicants"]:
        region = contact["id"].removeprefix(APPLICANT)
        writer.append("contact_named", "chair", {"applicant": region, "name": contact["name"]})
    writer.append("sealed", "chair", {})
    writer.append("scoring_opened", "chair", {})
    for recusal in written["recusals"]:
        writer.append("conflict_declared", recusal["judge_id"], recusal)
    for judge_id, sheets in written["scores"].items():
        for applicant, points in sheets.items():
            key = {"judge_id": judge_id, "applicant": applicant}
            for criterion, given in zip(rules.criteria, points, strict=True):
                if given is not None:
                    cell = {"criterion_id": criterion.criterion_id, "comment": ""}
                    cell["points"] = str(Decimal(given).quantize(criterion.step))
                    writer.append("drafted", judge_id, {**key, **cell})
            if [judge_id, applicant] not in written["not_submitted"]:
                writer.append("submitted", judge_id, key)
