"""The review room: rounds, score sheets, the chair's desk and results."""
