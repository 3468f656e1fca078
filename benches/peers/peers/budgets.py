"""One peer on many budgets of one case: `python -m peers.budgets PEER HOW FOLDER REPORT LIMIT FACTOR …`.

HOW is `rebuild`: the program is stated anew for each budget; or `hot`: it is stated once, and each budget changes the
bounds of its rows. Appends a line of JSON to REPORT for each budget, and begins none after LIMIT seconds.
"""

import copy
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from peers.case import Case
from peers.overlay import with_funds
from peers.read import read_case
from peers.terms import Terms


def main(peer: str, how: str, folder: str, report: str, limit: str, *factors: str) -> None:
    """Reads, and answers one budget after the other."""
    stated = importlib.import_module(f"peers.{peer}")
    began = time.perf_counter()
    case = read_case(Path(folder))
    answer = {"rebuild": rebuild, "hot": hot}[how](stated, case)
    with Path(report).open("w", encoding="utf-8") as file:
        for factor in map(float, factors):
            if time.perf_counter() - began > float(limit):
                return
            gap = answer(factor)
            line = {"factor": factor, "gap": gap, "seconds": time.perf_counter() - began}
            print(json.dumps(line), file=file, flush=True)


def rebuild(stated: object, case: Case) -> Callable[[float], float]:
    """States the program anew each time."""
    return lambda factor: stated.optimum(stated.build(Terms(with_funds(case, factor))))


def hot(stated: object, case: Case) -> Callable[[float], float]:
    """States the program once."""
    terms = Terms(case)
    model, money = stated.build_for_money(terms)

    def answer(factor: float) -> float:
        changed = copy.copy(terms)
        changed.case = with_funds(case, factor)
        stated.rebudget(model, money, changed)
        return stated.optimum(model)

    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
