"""The events page."""


def page() -> None:
    """Draw the page."""
