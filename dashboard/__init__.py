"""Cluster Review: evaluate medical-tourism cluster projects in figures with sources."""

__version__ = "0.1.0"
