"""Junheng's program, stated three times over with the tools that a Python author would reach for."""
