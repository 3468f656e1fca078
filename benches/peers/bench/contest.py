"""Junheng and its peers on one case, in turn, several times."""

import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Run, run

#: Modules of `peers` and their names in the table.
PEERS = {
    "pulp_cbc": "PuLP, CBC",
    "linopy_highs": "linopy, HiGHS",
    "highspy_direct": "highspy, HiGHS",
    "highspy_hipo": "highspy, HiPO",
}
JUNHENG = "Junheng"
STAGES = ("read", "build", "solve")

#: No further run of a contestant on a case once it has had this many seconds there.
ENOUGH = 300.0


@dataclass(frozen=True)
class Setting:
    """What the contest is about and with what."""

    #: The repository.
    root: Path
    #: Junheng's release binary, and the Python that has the peers.
    junheng: Path
    python: Path
    #: A folder for outputs and reports.
    place: Path
    #: Seconds after which a run is ended.
    limit: float
    repeat: int
    #: Modules of `peers`.
    peers: tuple[str, ...]
    #: How many processes wanted to run, on average over a minute, before the first run.
    load: float


@dataclass
class Result:
    """The runs of one contestant on one case."""

    name: str
    runs: list[Run] = field(default_factory=list)
    #: Seconds of each stage in each run that finished.
    stages: dict[str, list[float]] = field(default_factory=lambda: {stage: [] for stage in STAGES})
    #: MiB at the end of each stage, in the last run; of the Python process alone.
    peaks: dict[str, float] = field(default_factory=dict)
    gap: float | None = None
    #: Rows and columns.
    size: tuple[int, int] | None = None
    #: Why there is no answer.
    failure: str | None = None

    @property
    def seconds(self) -> float:
        """The median time of a whole process."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median time of processors."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The median peak memory, MiB."""
        return statistics.median(run.peak for run in self.runs)

    def stage(self, name: str) -> float:
        """The median time of a stage."""
        return statistics.median(self.stages[name])

    @property
    def start(self) -> float:
        """The median time outside the stages: starting Python, imports, ending."""
        within = map(sum, zip(*self.stages.values(), strict=True))
        return statistics.median(run.seconds - stages for run, stages in zip(self.runs, within, strict=True))


@dataclass
class Contest:
    """One case with all results; Junheng's first."""

    case: str
    scenarios: tuple[str, ...]
    results: list[Result]
    #: Junheng's certificate: the proven bound and the continuous optimum of the gap index.
    bound: float = 0.0
    continuous: float = 0.0


def hold(setting: Setting, case: str, scenarios: tuple[str, ...]) -> Contest:
    """Lets all run in turn. A first round warms the file cache and counts only for those that take long."""
    contest = Contest(case, scenarios, [Result(JUNHENG)] + [Result(PEERS[peer]) for peer in setting.peers])
    for number in range(setting.repeat + 1):
        for peer, result in zip((None, *setting.peers), contest.results, strict=True):
            spent = sum(run.seconds for run in result.runs)
            if result.failure or spent > ENOUGH:
                continue
            if number == 1 and spent < ENOUGH / (setting.repeat + 1):
                forget(result)
            turn(setting, contest, result, peer)
            print(f"  {case}, round {number}: {result.name}: {told(result)}", flush=True)
    return contest


def told(result: Result) -> str:
    """The last run in a few words."""
    return result.failure or f"{result.runs[-1].seconds:.2f} s, {result.runs[-1].peak:.0f} MiB"


def forget(result: Result) -> None:
    """Drops the runs of a round that does not count."""
    result.runs.clear()
    for times in result.stages.values():
        times.clear()


def turn(setting: Setting, contest: Contest, result: Result, peer: str | None) -> None:
    """One run of one contestant."""
    if peer is None:
        junheng(setting, contest, result)
    else:
        other(setting, contest, result, peer)


def junheng(setting: Setting, contest: Contest, result: Result) -> None:
    """Runs `junheng solve --json` and keeps its certificate. An unproven plan (exit code 3) is no answer."""
    output = setting.place / "junheng.json"
    command = [str(setting.junheng), "solve", str(setting.root / "scenarios" / contest.case), "--json"]
    for scenario in contest.scenarios:
        command += ["--scenario", scenario]
    finished = run(command, setting.limit, output, {})
    result.runs.append(finished)
    if finished.code != 0:
        result.failure = unfinished(setting, finished, output)
        return
    certificate = json.loads(output.read_text(encoding="utf-8"))["certificate"]
    contest.bound, contest.continuous = certificate["bound"], certificate["continuous"]
    result.gap, result.size = certificate["continuous"], tuple(certificate["size"][:2])


def other(setting: Setting, contest: Contest, result: Result, peer: str) -> None:
    """Runs a peer and keeps what it reports."""
    output, report = setting.place / f"{peer}.txt", setting.place / f"{peer}.jsonl"
    report.unlink(missing_ok=True)
    folder = setting.root / "scenarios" / contest.case
    command = [str(setting.python), "-m", "peers.one", peer, str(folder), str(report), *contest.scenarios]
    environment = {"PYTHONPATH": str(Path(__file__).parents[1])}
    finished = run(command, setting.limit, output, environment)
    result.runs.append(finished)
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    stages = {line["stage"]: line for line in map(json.loads, lines)}
    result.peaks = {name: stage["peak_kib"] / 1024 for name, stage in stages.items()}
    if "build" in stages:
        result.size = tuple(stages["build"]["size"])
    if finished.code != 0:
        result.failure = unfinished(setting, finished, output)
        return
    for name in STAGES:
        result.stages[name].append(stages[name]["seconds"])
    result.gap = stages["solve"]["gap"]


def unfinished(setting: Setting, finished: Run, output: Path) -> str:
    """Why a run gave no answer."""
    if finished.code is None:
        return f"did not finish in {setting.limit:g} s"
    said = output.with_suffix(".err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"failed with code {finished.code}: {said[-1] if said else 'no word'}"
