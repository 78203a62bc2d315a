"""Writes docs/data_dictionary.md from the contracts and the catalogue.

python -m scripts.data_dictionary
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.catalogue import Metric, read_catalogue
from dashboard.i18n import label, speaking
from dashboard.settings import PROJECT_ROOT

FILE = PROJECT_ROOT / "docs" / "data_dictionary.md"
_CONTRACTS = PROJECT_ROOT / "data" / "contracts" / "datapackage.json"
_RECORD = PROJECT_ROOT / "data" / "public_record" / "datapackage.json"
_MOST_VALUES = 24
"""Of a longer list of codes only the pattern is written."""
_HEAD = """# 데이터 사전 · Data dictionary

이 문서는 `python -m scripts.data_dictionary`가 계약(`data/contracts`, `data/public_record`)과
지표 목록(`queries/metrics.yml`)으로 만듭니다. 직접 고치지 마십시오.
This page is written by `python -m scripts.data_dictionary` from the contracts and the catalogue.
Do not edit it.

1. [제출하는 표 · Tables to hand in](#hand-in)
2. [공개 기록의 표 · Tables of the public record](#record)
3. [지표 · Metrics](#metrics)
"""


def page() -> str:
    """The page as it is to be, in Markdown."""
    parts = [
        _HEAD,
        '<a id="hand-in"></a>\n\n## 제출하는 표 · Tables to hand in\n',
        *(_table(resource) for resource in _resources(_CONTRACTS)),
        '<a id="record"></a>\n\n## 공개 기록의 표 · Tables of the public record\n',
        *(_table(resource) for resource in _resources(_RECORD)),
        '<a id="metrics"></a>\n\n## 지표 · Metrics\n',
        "\n".join(_metrics(read_catalogue(PROJECT_ROOT / "queries").all())) + "\n",
    ]
    return "\n".join(parts)


def _resources(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["resources"]
    return found


def _table(resource: dict[str, Any]) -> str:
    """A table: its names, what a row is, and its fields."""
    lines = [
        f"### {resource['title_ko']} · {resource['title']} (`{resource['name']}`)\n",
        *(f"{text}  " for text in _both(resource, "description")),
        "",
        "| 이름 Name | 항목 | Field | 형식 Type | 설명 Description |",
        "|---|---|---|---|---|",
    ]
    for field in resource["schema"]["fields"]:
        cells = (
            f"`{field['name']}`",
            field["title_ko"],
            field["title"],
            _type(field),
            "<br>".join([*_both(field, "description"), *_values(field)]),
        )
        lines.append(f"| {' | '.join(_cell(text) for text in cells)} |")
    return "\n".join([*lines, ""])


def _both(item: dict[str, Any], name: str) -> list[str]:
    return [item[key] for key in (f"{name}_ko", name) if item.get(key)]


def _type(field: dict[str, Any]) -> str:
    """The type, with unit, and whether there must be a value."""
    constraints = field.get("constraints", {})
    parts = [
        field["type"],
        field.get("unit", ""),
        "필수 required" if constraints.get("required") else "",
        "고유 unique" if constraints.get("unique") else "",
    ]
    return ", ".join(filter(None, parts))


def _values(field: dict[str, Any]) -> Iterator[str]:
    """The codes that a value may be, in both languages where they have names."""
    codes = field.get("constraints", {}).get("enum", ())
    if not 0 < len(codes) <= _MOST_VALUES:
        return
    names = []
    for code in map(str, codes):
        said = [] if "codes" not in field else [_named(field["codes"], code, "ko")]
        names.append(" ".join([f"`{code}`", *said]))
    yield ", ".join(names)


def _named(codes: str, code: str, language: str) -> str:
    with speaking(language):
        return label(codes, code)


def _metrics(metrics: tuple[Metric, ...]) -> Iterator[str]:
    yield "| 지표 | Metric | 코드 Code | 단위 Unit | 정의 Definition |"
    yield "|---|---|---|---|---|"
    for metric in metrics:
        texts = [
            f"{part.in_language(code)}"
            for code in ("ko", "en")
            for part in (metric.definition, metric.caveat)
            if part
        ]
        unit = " ".join(_named("unit", metric.unit, code) for code in ("ko", "en"))
        cells = (
            metric.name.ko,
            metric.name.en,
            f"`{metric.id}`",
            unit,
            "<br>".join(texts),
        )
        yield f"| {' | '.join(_cell(text) for text in cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write the page."""
    FILE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
