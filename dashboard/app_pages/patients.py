"""The patients page."""


def page() -> None:
    """Draw the page."""
