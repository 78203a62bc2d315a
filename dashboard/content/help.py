"""Help: short tours of the pages, and what marks, terms and metrics mean."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboard.catalogue import Bilingual
from dashboard.content.links import Link
from dashboard.yaml_file import read_yaml

_FILE = Path(__file__).with_name("tours.yml")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Click(_Record):
    """Something to press, by its role (WAI-ARIA) and name."""

    role: Literal["button", "link"]
    name: Bilingual


class Step(_Record):
    """One step of a tour: what one does, and what one then sees."""

    title: Bilingual
    say: Bilingual
    at: dict[str, str] = Field(default_factory=dict)
    """The view that it opens: `page`, and the parameters; empty where it goes on from the last."""
    click: Click | None = None
    press: str | None = None
    """A key, as Playwright names it."""
    see: Bilingual
    """A part of what the page then says."""

    @property
    def link(self) -> Link | None:
        """The way to its view."""
        if not self.at:
            return None
        asked = {name: value for name, value in self.at.items() if name != "page"}
        return Link(self.at["page"], tuple(asked.items()))


class Tour(_Record):
    """A short way through the pages for one kind of reader."""

    title: Bilingual
    aim: Bilingual
    steps: tuple[Step, ...] = Field(min_length=1)


class Term(_Record):
    """A word of the product and what it means."""

    name: Bilingual
    text: Bilingual


class Help(_Record):
    """All tours by who takes them, and the terms that are no metrics and no marks."""

    tours: dict[str, Tour]
    terms: tuple[Term, ...]


@cache
def read_help() -> Help:
    """What `tours.yml` says.

    Raises:
        pydantic.ValidationError: it does not say it in its form.
    """
    return Help.model_validate(read_yaml(_FILE))
