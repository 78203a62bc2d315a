"""The parts of the page on which figures are handed in."""
