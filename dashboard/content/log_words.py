"""What an entry of a round's log says, in short and in the reader's language."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from dashboard.access import Role
from dashboard.content.panel_rule import criterion_name, points
from dashboard.content.proposed_changes import reason_text
from dashboard.i18n import date_text, label, moment_text
from dashboard.i18n import gettext as _
from dashboard.judging.code_again import ADMINISTRATOR
from dashboard.judging.deadlines import deadline_text
from dashboard.judging.sign_in import APPLICANT
from dashboard.judging.views import LogEntry, RoundRules

_LONGEST = 120
_ELSEWHERE = frozenset({"rules", "rule", "digest", "result", "head", "number", "checkpoint"})
_ROLES = frozenset({*Role, ADMINISTRATOR})
_PEOPLE = frozenset({"judge_id", "holder", "replaces", "replaced_by", "by"})
"""Parts of an entry that are the id of somebody of the round, or a name."""


def entry_text(entry: LogEntry, names: Mapping[str, str], rules: RoundRules) -> str:
    """The parts of an entry; rules and signatures stand elsewhere in full.

    Args:
        entry: as its reader may see it.
        names: id of judge or deputy → name, as far as the reader may know them.
        rules: of the round, for the names of criteria.
    """
    if entry.content is None:
        return _("withheld")
    parts = [
        _part(name, value, names, rules)
        for name, value in entry.content.items()
        if name not in _ELSEWHERE and value not in ("", None)
    ]
    return " · ".join(part for part in parts if part)


def person(holder: str, names: Mapping[str, str]) -> str:
    """Somebody of the round by name or role; other texts as they are."""
    if holder in names:
        return names[holder]
    if holder.startswith(APPLICANT):
        region = label("region", holder.removeprefix(APPLICANT))
        return f"{label('access_role', Role.APPLICANT)} · {region}"
    return label("access_role", holder) if holder in _ROLES else holder


def _part(name: str, value: object, names: Mapping[str, str], rules: RoundRules) -> str:
    if name == "content" and isinstance(value, dict):
        inner = [
            _part(of, found, names, rules) for of, found in value.items() if of not in _ELSEWHERE
        ]
        return " · ".join(part for part in inner if part)
    if name in _PEOPLE:
        return _people(name).format(name=person(str(value), names))
    if name == "criterion_id":
        titles = {one.criterion_id: criterion_name(one) for one in rules.criteria}
        return titles.get(str(value), str(value))
    if isinstance(value, list):
        return _of_list(name, value)
    words = _words().get(name)
    text = words(value) if words else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _of_list(name: str, value: list[str]) -> str:
    if name == "order":
        return " → ".join(label("region", code) for code in value)
    if name == "contacts_ended":
        regions = ", ".join(label("region", code) for code in value)
        return _("codes of the contacts ended: {names}").format(names=regions)
    people = ", ".join(value)
    return f"{_('Witnesses')}: {people}" if name == "witnesses" else people


def _words() -> dict[str, Callable[[object], str]]:
    """Part of an entry → its words; sentences and names stand for themselves."""
    return {
        "applicant": lambda value: label("region", str(value)),
        "change": lambda value: label("change_kind", str(value)),
        "opens": lambda value: f"{_('What follows')}: {label('change_kind', str(value))}",
        "points": lambda value: _("points: {points}").format(points=points(Decimal(str(value)))),
        "is_upheld": lambda value: _("upheld") if value else _("not upheld"),
        "is_recused": lambda value: "" if value else _("The recusal is lifted."),
        "reason": lambda value: reason_text(str(value)),
        "drawn_at": lambda value: f"{_('Drawn')}: {moment_text(str(value))}",
        "answer_due": lambda value: _due(_("To be answered by {time}"), value),
        "objections_until": lambda value: _due(_("Objections until") + ": {time}", value),
        "letter_on": lambda value: date_text(str(value)),
        "objection_id": lambda value: _("objection {number}").format(number=str(value)[1:]),
        "proposal_id": lambda value: _("proposal {number}").format(number=str(value)[1:]),
    }


def _due(sentence: str, moment: object) -> str:
    return sentence.format(time=deadline_text(str(moment)))


def _people(part: str) -> str:
    """The words around somebody's name, by what he or she is in the entry."""
    words = {
        "replaces": _("in the place of {name}"),
        "replaced_by": _("replaced by {name}"),
        "by": _("let by {name}"),
    }
    return words.get(part, "{name}")
