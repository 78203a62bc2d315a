"""Writes the guides in docs/guides from the tours of the help page: python -m scripts.guides.

Their pictures are taken by `make guides`, which walks each tour in a browser.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from dashboard.content.help import Step, Tour, read_help
from dashboard.content.pages import FIRST
from dashboard.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docs" / "guides"


def file_of(code: str) -> Path:
    """The guide of a tour."""
    return FOLDER / f"{code}.md"


def picture_of(code: str, number: int) -> Path:
    """What a step of a tour shows, counted from 1."""
    return FOLDER / f"{code}-{number}.png"


def guide(code: str, tour: Tour) -> str:
    """A guide in Markdown: Korean first, English beside it."""
    lines = [
        f"# {tour.title.ko} · {tour.title.en}\n",
        f"{tour.aim.ko}\n\n*{tour.aim.en}*\n",
        "`make run`을 실행한 뒤 따라 하십시오. · *Start `make run` and follow.*\n",
    ]
    for number, step in enumerate(tour.steps, 1):
        lines += _step(code, number, step)
    return "\n".join(lines)


def _step(code: str, number: int, step: Step) -> Iterator[str]:
    yield f"## {number}. {step.title.ko} · {step.title.en}\n"
    yield f"{step.say.ko}\n\n*{step.say.en}*\n"
    if step.at:
        path = "" if step.at["page"] == FIRST else step.at["page"]
        asked = {name: value for name, value in step.at.items() if name != "page"}
        address = f"/{path}?{urlencode(asked)}" if asked else f"/{path}"
        yield f"화면 · *View*: [`{address}`](http://localhost:8501{address})\n"
    yield f"![{step.title.ko} · {step.title.en}]({picture_of(code, number).name})\n"


def main() -> None:
    """Write every guide."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for code, tour in read_help().tours.items():
        file_of(code).write_text(guide(code, tour), "utf-8")


if __name__ == "__main__":
    main()
