"""The same arrays as `highspy_direct`, solved by the interior point method of HiGHS (with crossover, its default)."""

import highspy

from peers import highspy_direct
from peers.highspy_direct import optimum, size
from peers.terms import Terms

__all__ = ["build", "optimum", "size"]


def build(terms: Terms) -> highspy.Highs:
    """The program, with the interior point method chosen."""
    highs = highspy_direct.build(terms)
    highs.setOptionValue("solver", "ipm")
    return highs
