"""Whether the optima agree, and where Junheng loses."""

import json
from pathlib import Path

from bench.contest import STAGES, Contest, Result

#: Relative distance within which two optima agree.
AGREE = 1e-6


def disagreements(contest: Contest) -> list[str]:
    """What does not fit: Junheng without an answer, or a peer's optimum away from Junheng's or below its bound."""
    mine, *peers = contest.results
    if mine.failure:
        return [f"{contest.case}: {mine.name} {mine.failure}"]
    found = []
    scale = max(abs(contest.bound), 1.0)
    for peer in peers:
        if peer.gap is None:
            continue
        away = (peer.gap - contest.continuous) / scale
        if abs(away) > AGREE or peer.gap < contest.bound - AGREE * scale:
            found.append(f"{contest.case}: {peer.name} finds {peer.gap!r}, {away:+.1e} from {contest.continuous!r}")
    return found


def failures(contest: Contest) -> list[str]:
    """Peers that ended without an answer for another reason than time."""
    ended = [peer for peer in contest.results[1:] if peer.failure and not peer.failure.startswith("did not finish")]
    return [f"{contest.case}: {peer.name} {peer.failure}" for peer in ended]


def losses(contest: Contest, stages: dict[str, float]) -> list[str]:
    """Where a peer does better: in time or memory of the whole process, or in a stage that both have."""
    mine, *peers = contest.results
    if mine.failure:
        return [f"{mine.name} {mine.failure}"]
    found = []
    for peer in (peer for peer in peers if not peer.failure):
        if peer.seconds < mine.seconds:
            found.append(f"{peer.name} takes {peer.seconds / mine.seconds:.2f} of Junheng's time")
        if peer.cpu < mine.cpu:
            found.append(f"{peer.name} takes {peer.cpu / mine.cpu:.2f} of Junheng's processor time")
        if peer.peak < mine.peak:
            found.append(f"{peer.name} takes {peer.peak / mine.peak:.2f} of Junheng's memory")
        found += slower_stages(peer, stages)
    return found


def slower_stages(peer: Result, stages: dict[str, float]) -> list[str]:
    """Stages in which a peer is faster than Junheng."""
    return [
        f"{peer.name} takes {peer.stage(name) / stages[name]:.2f} of Junheng's time to {name}"
        for name in STAGES
        if name in stages and peer.stage(name) < stages[name]
    ]


def own_stages(root: Path, binary: Path, case: str) -> dict[str, float]:
    """Junheng's own read, build (formulate and lump) and solve in seconds, as `cargo bench --bench stages` left them.

    Empty where there are no such figures or they are older than the binary.
    """
    folder = root / "target" / "criterion" / case
    seconds = {}
    for name in ("read", "formulate", "lump", "solve"):
        file = folder / name / "new" / "estimates.json"
        if not file.exists() or file.stat().st_mtime < binary.stat().st_mtime:
            return {}
        seconds[name] = json.loads(file.read_text())["median"]["point_estimate"] / 1e9
    return {"read": seconds["read"], "build": seconds["formulate"] + seconds["lump"], "solve": seconds["solve"]}
