"""The results as Markdown, for the README."""

import os
import platform
import subprocess
from pathlib import Path

from bench.contest import STAGES, Contest, Result, Setting
from bench.verdict import losses, own_stages

HEAD = """\
`junheng solve CASE --json`, whole process, does more in its time than its peers: it reads and checks the case, proves
the bound without trusting the solver, breaks ties, solves once more without the years after the plan, deals out whole
units, audits the plan and writes all of it as JSON. The peers read the same files, state the same continuous program
and find its optimum; whole units, proof, audit and reasons are left out. *start* is starting Python, imports and
ending.
"""


def page(setting: Setting, contests: list[Contest]) -> str:
    """The whole page."""
    parts = [HEAD, provenance(setting)]
    for contest in contests:
        stages = own_stages(setting.root, setting.junheng, contest.case)
        parts += [heading(contest), table(contest), own_line(stages), loss_line(contest, stages)]
    return "\n".join(part for part in parts if part)


def heading(contest: Contest) -> str:
    """The case, its size and the optimum on which all that finished agree."""
    name = " + ".join((contest.case, *contest.scenarios))
    if contest.results[0].failure:
        return f"**{name}**\n"
    rows, columns = contest.results[0].size
    return f"**{name}**: {rows:,} rows, {columns:,} columns as Junheng states it; optimum {contest.continuous:,.4f}\n"


def table(contest: Contest) -> str:
    """One line a contestant: medians, and the range of the whole time."""
    mine = contest.results[0]
    lines = [
        "| | whole process | × Junheng | CPU | start | read | build | solve | peak memory | × Junheng |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    return "\n".join(lines + [line(result, mine) for result in contest.results]) + "\n"


def line(result: Result, mine: Result) -> str:
    """The line of one contestant."""
    cells = [result.name]
    if result.failure:
        cells += [result.failure, "", seconds(result.cpu), "", *came_to(result), mib(result.peak), ""]
    else:
        cells += [whole(result), ratio(result.seconds, mine.seconds, mine), seconds(result.cpu)]
        cells += staged(result) if result is not mine else [""] * 4
        cells += [mib(result.peak), ratio(result.peak, mine.peak, mine)]
    return f"| {' | '.join(cells)} |"


def whole(result: Result) -> str:
    """The median time of a whole process, and its range."""
    times = [run.seconds for run in result.runs]
    if len(times) == 1:
        return f"{seconds(times[0])} (one run)"
    return f"{seconds(result.seconds)} ({seconds(min(times))} to {seconds(max(times))}, {len(times)} runs)"


def staged(result: Result) -> list[str]:
    """Start and stages of a peer, each with the most memory that its Python had come to hold by its end."""
    told = [f"{seconds(result.stage(name))}, {mib(result.peaks[name])}" for name in STAGES]
    return [seconds(result.start), *told]


def came_to(result: Result) -> list[str]:
    """How far a peer came that did not finish: the memory at the end of each stage it ended."""
    return [f"to {mib(result.peaks[name])}" if name in result.peaks else "" for name in STAGES]


def ratio(one: float, mine: float, junheng: Result) -> str:
    """One figure over Junheng's."""
    return "" if junheng.failure else f"{one / mine:.2f}"


def own_line(stages: dict[str, float]) -> str:
    """Junheng's own stages, where they have been measured since it was built."""
    if not stages:
        return ""
    told = ", ".join(f"{name} {seconds(stages[name])}" for name in STAGES)
    return f"Junheng from the files to the continuous optimum alone (`cargo bench --bench stages`): {told}.\n"


def loss_line(contest: Contest, stages: dict[str, float]) -> str:
    """Where Junheng loses."""
    found = losses(contest, stages)
    return f"Where Junheng loses: {'; '.join(found)}.\n" if found else "Junheng loses nowhere in this table.\n"


def seconds(value: float) -> str:
    """A time with three digits."""
    return f"{value * 1000:.0f} ms" if value < 0.0995 else f"{value:.2f} s" if value < 9.995 else f"{value:.0f} s"


def mib(value: float) -> str:
    """Memory."""
    return f"{value:,.0f} MiB"


def provenance(setting: Setting) -> str:
    """Machine, versions and commit."""
    commit = said(["git", "-C", str(setting.root), "rev-parse", "--short=10", "HEAD"])
    changed = said(["git", "-C", str(setting.root), "status", "--porcelain", "--untracked-files=no"])
    code = (
        "import importlib.metadata as m, pulp, subprocess as s;"
        "print(*(f'{n} {m.version(n)}' for n in ('PuLP', 'linopy', 'highspy', 'numpy', 'xarray')), sep=', ');"
        "print(s.run([pulp.PULP_CBC_CMD().path, '-quit'], capture_output=True, text=True).stdout)"
    )
    versions, *cbc = said([str(setting.python), "-c", code]).splitlines()
    cbc_version = next(
        (line.removeprefix("Version: ").strip() for line in cbc if line.startswith("Version")), "unknown"
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{processor()}, {cores} cores, {platform.system()}; Python {platform.python_version()}, {versions}, "
        f"CBC {cbc_version}; {said([str(setting.junheng), '--version'])}, commit {commit}"
        f"{' with changes' if changed else ''}. Medians (range) of processes that ran in turn, a run ended after "
        f"{setting.limit:g} s; load of the machine when the first one started: {setting.load:.1f}.\n"
    )


def processor() -> str:
    """The processor's name."""
    info = Path("/proc/cpuinfo")
    named = info.read_text().splitlines() if info.exists() else []
    return next((row.partition(":")[2].strip() for row in named if row.startswith("model name")), platform.machine())


def said(command: list[str]) -> str:
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
