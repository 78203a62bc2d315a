"""Answers out: files that print the same rows as the screen, with where they came from."""
