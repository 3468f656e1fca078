"""A reference for plans in whole units: `python -m peers.whole FOLDER SECONDS [SCENARIO …]`.

The program of `highspy_direct` with every unit of a whole step as an integer, left to the branch and bound of HiGHS for
so long. Units handed out beyond a need are paid for and are of no use: each purchase is two columns, what is bought (whole)
and what of it is used (no more than is missing).
"""

import sys
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np

from peers import highspy_direct as direct
from peers.overlay import with_scenarios
from peers.read import read_case
from peers.terms import Terms


def main(folder: str, seconds: str, *scenarios: str) -> None:
    """Prints the smallest gap of a plan in whole units that was found in the time, and the bound for all of them."""
    path = Path(folder)
    highs = build(Terms(with_scenarios(read_case(path), path, list(scenarios))))
    highs.setOptionValue("time_limit", float(seconds))
    highs.setOptionValue("threads", 1)
    highs.run()
    info = highs.getInfo()
    print(f"gap {info.objective_function_value:.1f}, bound {info.mip_dual_bound:.1f}")


def build(terms: Terms) -> highspy.Highs:
    """The program with integers."""
    case = terms.case
    step = np.array([case.resources[resource].step for resource in terms.resource_of])[:, None, None]
    rotates = np.zeros(len(case.measures), bool)
    rotates[terms.rotations] = True
    moved = rotates[:, None, None]
    # Whole posts leave and arrive; of what is bought only what is used is counted in needs.
    terms.take = np.where(moved, np.floor(terms.take / step + 1e-9) * step, terms.take)
    whole = np.ceil(terms.bring / step - 1e-9) * step
    terms.bring = np.where(moved, whole, terms.bring)
    columns, rows = direct.Columns(), direct.Rows()
    used = direct.decisions(terms, columns)
    bought = columns.add(np.where(moved, 0.0, whole))
    direct.add_needs(rows, terms, used)
    enough = rows.add(0.0, direct.INFINITE, bought >= 0)
    rows.enter(enough, bought, 1.0)
    rows.enter(enough, np.where(bought >= 0, used.bring, -1), -1.0)
    paid = replace(used, bring=np.where(moved, used.bring, bought))
    direct.add_pools(rows, terms, paid)
    direct.add_lines(rows, terms, paid)
    direct.add_funds(rows, terms, paid)
    direct.add_shares(rows, terms, paid)
    direct.add_quotas(rows, terms, paid)
    highs = highspy.Highs()
    direct.pass_arrays(highs, columns, rows, terms.fixed_gap)
    in_steps(highs, columns.count, [(paid.bring, step), (used.take, step), (used.exchange, np.ones(1))])
    return highs


def in_steps(highs: highspy.Highs, count: int, parts: list[tuple[direct.Ints, direct.Floats]]) -> None:
    """Counts columns in steps, and makes them integers."""
    of_column = np.zeros(count)
    for numbers, step in parts:
        there = numbers >= 0
        of_column[numbers[there]] = np.broadcast_to(step, numbers.shape)[there]
    program = highs.getLp()
    start, value = np.array(program.a_matrix_.start_), np.array(program.a_matrix_.value_)
    upper = np.array(program.col_upper_)
    for column in np.flatnonzero(of_column):
        value[start[column] : start[column + 1]] *= of_column[column]
        upper[column] = np.round(upper[column] / of_column[column])
    program.a_matrix_.value_, program.col_upper_ = value, upper
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[int(step > 0.0)] for step in of_column]
    highs.passModel(program)


if __name__ == "__main__":
    main(*sys.argv[1:])
