"""A page to look through the pictures of `make screenshots`: faults stand out, views are chosen."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

MOST_HEIGHT, MOST_SHIFT = 6_000, 0.1
"""CSS pixels of a page at the widest window, and layout shift of any."""
WIDTHS, LANGUAGES, SCHEMES = (1440, 1024, 390), ("ko", "en"), ("light", "dark")
INDEX = "index.html"


@dataclass(frozen=True)
class Picture:
    """A page as it was drawn for one kind of reader, and what was measured of it."""

    page: str
    """Its address in the registry."""
    language: str
    width: int
    """Of the window, in CSS pixels."""
    scheme: str
    """light or dark."""
    height: int
    """Of the whole page, in CSS pixels."""
    overflow: int
    """CSS pixels by which the page is wider than its window."""
    shift: float
    """Sum of the layout shifts while it loaded (Layout Instability API), without a reader's."""
    errors: tuple[str, ...] = ()
    """What the browser's console named as errors."""

    @property
    def name(self) -> str:
        """Name of its files, without suffix."""
        return f"{self.page}-{self.language}-{self.width}-{self.scheme}"

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, each in a few words."""
        found = [f"console: {text}" for text in self.errors]
        if self.overflow > 0:
            found.append(f"{self.overflow} px wider than its window")
        if self.shift >= MOST_SHIFT:
            found.append(f"layout shift {self.shift:.2f}")
        if self.width == max(WIDTHS) and self.height > MOST_HEIGHT:
            found.append(f"{self.height:,} px high")
        return found


def keep(picture: Picture, folder: Path) -> None:
    """Note beside a picture what was measured of it."""
    (folder / f"{picture.name}.json").write_text(json.dumps(asdict(picture)), "utf-8")


def kept(folder: Path) -> list[Picture]:
    """What is noted of the pictures in a folder, by name."""
    notes = (json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")))
    return [Picture(**note | {"errors": tuple(note["errors"])}) for note in notes]


def write_index(pictures: Iterable[Picture], folder: Path) -> Path:
    """Write the page beside the pictures.

    Returns:
        Its path.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = list(pictures)
    choices = {
        "page": list(dict.fromkeys(picture.page for picture in shown)),
        "language": LANGUAGES,
        "width": WIDTHS,
        "scheme": SCHEMES,
    }
    path = folder / INDEX
    template = environment.get_template("screenshots.html")
    path.write_text(template.render(pictures=shown, choices=choices), "utf-8")
    return path
