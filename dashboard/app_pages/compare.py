"""The compare page."""


def page() -> None:
    """Draw the page."""
