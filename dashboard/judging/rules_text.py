"""Rules of a round as JSON and back, and what changed between two of them."""

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from dashboard.judging.views import RoundRules

_RULES = TypeAdapter(RoundRules)


def rules_json(rules: RoundRules) -> dict[str, Any]:
    """The rules as JSON has them: points as text, so that no digit is lost."""
    written: dict[str, Any] = _RULES.dump_python(rules, mode="json")
    return written


def rules_of(written: dict[str, Any]) -> RoundRules:
    """The rules that `rules_json` wrote."""
    return _RULES.validate_python(written)


def changed_fields(former: RoundRules, new: RoundRules) -> tuple[str, ...]:
    """Names of the fields that differ; those of the rule as `rule.…`."""
    outer = [f.name for f in fields(RoundRules) if f.name != "rule"]
    changed = [name for name in outer if getattr(former, name) != getattr(new, name)]
    inner = [f.name for f in fields(new.rule)]
    changed += [
        f"rule.{name}" for name in inner if getattr(former.rule, name) != getattr(new.rule, name)
    ]
    return tuple(changed)
