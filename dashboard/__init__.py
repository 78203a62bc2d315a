"""Cluster Review: evaluate medical-tourism cluster projects with figures that name their sources."""

__version__ = "0.1.0"
