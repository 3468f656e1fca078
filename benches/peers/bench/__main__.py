"""`python -m bench`: holds the contest and writes its page. Ends with 1 when optima disagree or a peer fails."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.contest import PEERS, Setting, hold
from bench.page import page
from bench.verdict import disagreements, failures

ROOT = Path(__file__).parents[3]
CASES = ("county", "osun", "nigeria")


def arguments() -> argparse.Namespace:
    """What the user asks for."""
    asks = argparse.ArgumentParser(prog="benches/peers/run", description="Junheng and its peers on the same cases.")
    asks.add_argument("cases", nargs="*", default=CASES, help=f"folders of scenarios/ (default: {' '.join(CASES)})")
    asks.add_argument("--scenario", action="append", default=[], help="apply a scenario of the case; may be repeated")
    asks.add_argument("--peer", action="append", choices=PEERS, help="only this peer; may be repeated")
    asks.add_argument("--repeat", type=int, default=5, help="runs that count, at most (default: 5)")
    asks.add_argument("--limit", type=float, default=900.0, help="seconds after which a run is ended (default: 900)")
    asks.add_argument("--junheng", type=Path, default=ROOT / "target" / "release" / "junheng", help="its binary")
    asks.add_argument("--out", type=Path, default=ROOT / "target" / "peers.md", help="the page (default: %(default)s)")
    return asks.parse_args()


def main() -> int:
    """Holds the contest."""
    asked = arguments()
    contests = []
    with tempfile.TemporaryDirectory() as place:
        setting = Setting(
            root=ROOT,
            junheng=asked.junheng.resolve(),
            python=Path(sys.executable),
            place=Path(place),
            limit=asked.limit,
            repeat=asked.repeat,
            peers=tuple(asked.peer or PEERS),
            load=os.getloadavg()[0],
        )
        for case in asked.cases:
            if (ROOT / "scenarios" / case / "case.toml").exists():
                contests.append(hold(setting, case, tuple(asked.scenario)))
            else:
                print(f"  {case} is left out: there is no scenarios/{case}/case.toml")
        text = page(setting, contests)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {asked.out}")
    wrong = [line for contest in contests for line in disagreements(contest) + failures(contest)]
    for line in wrong:
        print(f"WRONG  {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
