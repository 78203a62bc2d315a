"""Ways from one view to another, and to what stands behind a figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A way to another view: where there is something to follow, it is followed."""

    page: str
    """Path of a page of the registry; empty for the page itself."""
    parameters: tuple[tuple[str, str], ...] = ()
    """What differs from the view in which the link stands; an empty value takes one away."""
    anchor: str = ""
    """Of the section at which the view opens; empty for its top."""


def link_to(page: str, **parameters: str) -> Link:
    """The way to a page of the registry, or with "" to another view of the page itself."""
    return Link(page, tuple(parameters.items()))


def evidence_link(metric: str, region: str, year: int) -> Link:
    """The way to everything that stands behind a figure."""
    return link_to("", evidence=f"{metric}.{region}.{year}")


OF_EVENT = "event."
"""Begins what names the figures of an event in the address."""


def event_evidence_link(event_id: str) -> Link:
    """The way to the figures of an event about which claims differ."""
    return link_to("", evidence=f"{OF_EVENT}{event_id}")


OF_CENTRE = "centre."
"""Begins what names a promotion centre in the address."""


def centre_evidence_link(centre_id: str) -> Link:
    """The way to what vouches for a promotion centre."""
    return link_to("", evidence=f"{OF_CENTRE}{centre_id}")
