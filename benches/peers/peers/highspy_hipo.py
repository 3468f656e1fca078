"""The same arrays as `highspy_direct`, solved by HiPO, the interior point method HiGHS advises for large programs.

Crossover follows, as is its default, so that the optimum is as exact as that of the simplex method.
"""

import highspy

from peers import highspy_direct
from peers.highspy_direct import optimum, size
from peers.terms import Terms

__all__ = ["build", "optimum", "size"]


def build(terms: Terms) -> highspy.Highs:
    """The program, with the interior point method chosen."""
    highs = highspy_direct.build(terms)
    if highs.setOptionValue("solver", "hipo") != highspy.HighsStatus.kOk:
        raise RuntimeError("HiPO is not there: highspy-extras brings it")
    return highs
