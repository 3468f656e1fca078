"""Runs Junheng and its peers on the same cases, in turn, and tells how they compare. Standard library only.

What measures must be small: on Linux the peak memory of a child process is never told below that of the process that
started it.
"""
