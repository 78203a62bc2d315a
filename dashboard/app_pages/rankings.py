"""The rankings page."""


def page() -> None:
    """Draw the page."""
