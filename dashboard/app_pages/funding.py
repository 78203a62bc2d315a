"""The funding page."""


def page() -> None:
    """Draw the page."""
