"""One peer on one case, in a process of its own: `python -m peers.one PEER FOLDER REPORT [SCENARIO …]`.

Appends a line of JSON to REPORT as each stage ends, so that a run that is cut off still tells how far it came.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path

from peers.overlay import with_scenarios
from peers.read import read_case
from peers.terms import Terms


def main(peer: str, folder: str, report: str, *scenarios: str) -> None:
    """Reads, builds and solves."""
    stated = importlib.import_module(f"peers.{peer}")
    began = time.perf_counter()

    def done(stage: str, **more: object) -> None:
        nonlocal began
        now = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Path(report).open("a", encoding="utf-8") as file:
            print(json.dumps({"stage": stage, "seconds": now - began, "peak_kib": peak, **more}), file=file)
        began = time.perf_counter()

    path = Path(folder)
    terms = Terms(with_scenarios(read_case(path), path, list(scenarios)))
    done("read")
    model = stated.build(terms)
    done("build", size=stated.size(model))
    done("solve", gap=stated.optimum(model))


if __name__ == "__main__":
    main(*sys.argv[1:])
