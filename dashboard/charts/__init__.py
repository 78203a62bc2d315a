"""Rows in, figures out: every chart carries its finding as title and a text alternative."""
