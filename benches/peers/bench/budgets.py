"""`python -m bench.budgets`: 200 budgets of a case, by Junheng's sweep and by its peers, in turn.

Ends with 1 when optima disagree or a contestant fails.
"""

import argparse
import csv
import json
import os
import random
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench.contest import JUNHENG, PEERS, Setting
from bench.measure import Run, run
from bench.page import mib, provenance, seconds

ROOT = Path(__file__).parents[3]
#: Relative difference of optima that is too much.
AGREE = 1e-6
#: Peers that state the program anew for each budget, and those that keep it: in the order given, and from the least
#: money to the most, as Junheng does by itself.
CONTESTANTS = [(peer, "rebuild") for peer in PEERS] + [("highspy_direct", "hot"), ("highspy_direct", "sorted")]
HOW = {"rebuild": "rebuilt", "hot": "hot", "sorted": "hot, sorted"}


@dataclass
class Result:
    """The runs of one contestant on one case."""

    name: str
    runs: list[Run] = field(default_factory=list)
    #: How many budgets each run answered.
    answered: list[int] = field(default_factory=list)
    #: The smallest gap at each budget, from the last run.
    gaps: dict[float, float] = field(default_factory=dict)
    failure: str | None = None

    @property
    def each(self) -> float:
        """Seconds of a whole process for one budget: the median of the runs."""
        return statistics.median(one.seconds / count for one, count in zip(self.runs, self.answered, strict=True))

    @property
    def cpu(self) -> float:
        """Seconds of processors for one budget: the median of the runs."""
        return statistics.median(one.cpu / count for one, count in zip(self.runs, self.answered, strict=True))


def budgets(count: int) -> list[float]:
    """Factors on all funds between 0.5 and 1.5, in no order; the same each time."""
    draw = random.Random(200)
    return [round(draw.uniform(0.5, 1.5), 6) for _ in range(count)]


def hold(setting: Setting, case: str, factors: list[float]) -> list[Result]:
    """Lets all run in turn; a contestant that needs long runs once."""
    results = [Result(JUNHENG), Result(f"{JUNHENG}, one thread")]
    results += [Result(f"{PEERS[peer]}, {HOW[how]}") for peer, how in CONTESTANTS]
    for number in range(setting.repeat):
        for at, result in enumerate(results):
            if result.failure or sum(one.seconds for one in result.runs) > setting.limit / 2:
                continue
            match at:
                case 0 | 1:
                    sweep(setting, case, factors, result, threads=at)
                case _:
                    other(setting, case, factors, result, *CONTESTANTS[at - 2])
            told = result.failure or f"{result.answered[-1]} in {result.runs[-1].seconds:.2f} s"
            print(f"  {case}, round {number + 1}: {result.name}: {told}", flush=True)
    return results


def sweep(setting: Setting, case: str, factors: list[float], result: Result, threads: int) -> None:
    """Junheng's sweep, every point written to its table."""
    folder, output = setting.place / "sweep", setting.place / "sweep.txt"
    command = [str(setting.junheng), "sweep", str(ROOT / "scenarios" / case), "--lang", "en", "--quiet"]
    command += ["--vary", "funds=" + ",".join(map(str, factors)), "--out", str(folder)]
    command += ["--threads", str(threads)] if threads else []
    finished = run(command, setting.limit, output, {})
    if finished.code != 0:
        result.failure = f"ended with {finished.code}"
        return
    with (folder / "sweep.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    result.gaps = {float(row[1]): float(row[5]) for row in rows}
    result.runs.append(finished)
    result.answered.append(len(rows))


def other(setting: Setting, case: str, factors: list[float], result: Result, peer: str, how: str) -> None:
    """A peer."""
    report, output = setting.place / "budgets.jsonl", setting.place / "budgets.txt"
    report.unlink(missing_ok=True)
    command = [
        str(setting.python),
        "-m",
        "peers.budgets",
        peer,
        "rebuild" if how == "rebuild" else "hot",
        str(ROOT / "scenarios" / case),
        str(report),
    ]
    command += [str(setting.limit / 2), *map(str, sorted(factors) if how == "sorted" else factors)]
    finished = run(command, setting.limit, output, {"PYTHONPATH": str(Path(__file__).parents[1])})
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    if finished.code != 0 or not lines:
        said = output.with_suffix(".err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        result.failure = f"ended with {finished.code}: {said[-1] if said else 'no word'}"
        return
    answers = [json.loads(line) for line in lines]
    result.gaps = {answer["factor"]: answer["gap"] for answer in answers}
    result.runs.append(finished)
    result.answered.append(len(answers))


def table(case: str, results: list[Result], count: int) -> str:
    """One line a contestant."""
    mine = results[0]
    lines = [
        f"**{case}**, {count} budgets\n",
        "| | for all | for one | × Junheng | CPU for one | × one thread | peak memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for result in results:
        if result.failure:
            lines.append(f"| {result.name} | {result.failure} | | | | | |")
            continue
        answered = min(result.answered)
        whole = seconds(result.each * count) + ("" if answered == count else f" (by the first {answered})")
        peak = mib(max(one.peak for one in result.runs))
        cells = [result.name, whole, seconds(result.each), f"{result.each / mine.each:.1f}", seconds(result.cpu)]
        cells += [f"{result.each / results[1].each:.1f}", peak]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def disagreements(case: str, results: list[Result]) -> list[str]:
    """Budgets at which a contestant found another optimum than Junheng."""
    mine, found = results[0].gaps, []
    for result in results:
        if result.failure:
            found.append(f"{case}: {result.name}: {result.failure}")
        for factor, gap in result.gaps.items():
            if abs(gap - mine[factor]) > AGREE * max(1.0, abs(mine[factor])):
                found.append(f"{case}: {result.name} at {factor}: {gap}, Junheng {mine[factor]}")
    return found


def main() -> int:
    """Holds the contest on each case."""
    asks = argparse.ArgumentParser(prog="benches/peers/run budgets", description="Many budgets of a case.")
    asks.add_argument("cases", nargs="*", default=("county", "osun"), help="folders of scenarios/")
    asks.add_argument("--count", type=int, default=200, help="how many budgets (default: 200)")
    asks.add_argument("--repeat", type=int, default=5, help="runs of each, at most (default: 5)")
    asks.add_argument("--limit", type=float, default=480.0, help="seconds for a run (default: 480)")
    asks.add_argument("--junheng", type=Path, default=ROOT / "target" / "release" / "junheng", help="its binary")
    asks.add_argument(
        "--out", type=Path, default=ROOT / "target" / "budgets.md", help="the page (default: %(default)s)"
    )
    asked = asks.parse_args()
    factors, parts, wrong = budgets(asked.count), [], []
    with tempfile.TemporaryDirectory() as place:
        setting = Setting(
            root=ROOT,
            junheng=asked.junheng.resolve(),
            python=Path(sys.executable),
            place=Path(place),
            limit=asked.limit,
            repeat=asked.repeat,
            peers=tuple(PEERS),
            load=os.getloadavg()[0],
        )
        parts.append(provenance(setting))
        for case in asked.cases:
            results = hold(setting, case, factors)
            parts.append(table(case, results, asked.count))
            wrong += disagreements(case, results)
    text = "\n".join(parts)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {asked.out}")
    for line in wrong:
        print(f"WRONG  {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
