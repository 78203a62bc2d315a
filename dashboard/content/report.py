"""A whole report: its sections with sources, stamp and cover."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.content.document import Block, KeyFigures, Place, Section


@dataclass(frozen=True)
class Source:
    """A source as the report's footnotes name it."""

    number: int
    """Counted from 1 in order of first mention."""
    source_id: str
    publisher: str
    title: str
    published_on: str
    tier: str
    url: str


@dataclass(frozen=True)
class Stamp:
    """What is printed on every page, slide and sheet."""

    edition_id: str
    """Empty of what is not frozen."""
    build_id: str
    snapshot: int
    as_of: str
    """Day in Korea on which the build was made, ISO 8601."""
    language: str
    made_by: str
    made_at: str
    """When the edition was frozen, else when the build was made: ISO 8601, UTC."""
    link: str = ""
    """Address that shows the same figures, of a file that is not of an edition."""


@dataclass(frozen=True)
class Cover:
    """What the first slide of a deck says beside its title. Empty texts are left out."""

    organiser: str = ""
    date: str = ""
    """In the reader's language."""
    place: str = ""
    emblem: bytes = b""
    """Of the organiser, as PNG."""
    home: Place | None = None
    """The city of the region, from which arcs go to its promotion centres."""
    centres: tuple[Place, ...] = ()

    @property
    def occasion(self) -> str:
        """Who, where and when, in a line."""
        return " · ".join(filter(None, (self.organiser, self.place, self.date)))


@dataclass(frozen=True)
class Report:
    """A whole report."""

    kind: str
    """Name of the report in the registry of pages."""
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    stamp: Stamp
    warning: str = ""
    """Printed on every page and slide: practice data, contested figures in a headline."""
    is_led: bool = False
    """The title of the first section is the finding of the whole: a screen begins with it."""
    cover: Cover | None = None
    """Of a deck."""
    slides: tuple[Section, ...] = ()
    """What stands on slides, where these are not simply its sections."""

    @cached_property
    def made(self) -> dict[Hashable, Any]:
        """What a medium keeps of this very report, forgotten with it: no part of what it says."""
        return {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all sections."""
        return tuple(block for section in self.sections for block in section.blocks)

    def on_paper(self) -> "Report":
        """The report with tables in the place of the key figures that have one."""
        return replace(
            self,
            sections=tuple(
                replace(section, blocks=tuple(_printed(block) for block in section.blocks))
                for section in self.sections
            ),
        )

    def on_slides(self) -> "Report":
        """The report with what an audience sees in the place of what is read."""
        return replace(self, sections=self.slides or self.sections, slides=())

    def number_of(self, source_id: str) -> int:
        """The footnote's number of a source.

        Raises:
            LookupError: the report does not name the source.
        """
        for source in self.sources:
            if source.source_id == source_id:
                return source.number
        raise LookupError(source_id)


def _printed(block: Block) -> Block:
    return block.table if isinstance(block, KeyFigures) and block.table is not None else block
