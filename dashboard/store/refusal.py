"""Why the newest delivery or build was not taken, kept for the pages until one is."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.settings import Settings


@dataclass(frozen=True)
class Refusal:
    """A refused delivery or build, in words and, for deliveries, finding by finding."""

    title: str
    message: str
    remedy: str
    findings: tuple[dict[str, Any], ...] = ()
    """file, line, column, value, rule, expected."""
    refused_at: str = ""
    """ISO 8601, UTC; set when noted."""


def _file(settings: Settings) -> Path:
    return settings.marts / "refused.json"


def note_refusal(settings: Settings, refusal: Refusal | None) -> None:
    """Keep the refusal; None says that all is well again."""
    path = _file(settings)
    if refusal is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    content = asdict(refusal) | {"refused_at": datetime.now(UTC).isoformat(timespec="seconds")}
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def read_refusal(settings: Settings) -> Refusal | None:
    """The refusal that stands, if any."""
    try:
        content = json.loads(_file(settings).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None  # a note that was cut off says nothing
    return Refusal(**(content | {"findings": tuple(content["findings"])}))
