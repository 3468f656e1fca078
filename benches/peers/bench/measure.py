"""Time and memory of a process with all it starts."""

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
#: Seconds between two looks at the memory of a process group.
PAUSE = 0.1


@dataclass(frozen=True)
class Run:
    """One run of a process."""

    #: Seconds from start to end.
    seconds: float
    #: Seconds of processors, those of the processes it waited for too.
    cpu: float
    #: Most memory it held at once, MiB.
    peak: float
    #: Its exit code; None when it was ended at the time limit.
    code: int | None


def run(command: list[str], limit: float, output: Path, environment: dict[str, str]) -> Run:
    """Runs a command in a process group of its own and ends it after `limit` seconds.

    What it says goes to `output`, its errors to the same name with the ending `.err`. Peak memory is the largest
    resident set that the system counted for a single process, or what the whole group was seen to hold at once where
    that is more: PuLP keeps its model while CBC, another process, solves it.
    """
    with output.open("wb") as file, output.with_suffix(".err").open("wb") as errors:
        began = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=file, stderr=errors, env=os.environ | environment, start_new_session=True
        )
        watch = Watch(child.pid, limit)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        watch.ended.set()
        watch.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        seconds=seconds,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=max(usage.ru_maxrss / 1024, watch.peak),
        code=None if watch.cut_off else child.returncode,
    )


class Watch(threading.Thread):
    """Looks at a process group until it ends, and ends it at the time limit."""

    def __init__(self, group: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.group, self.limit = group, limit
        self.ended = threading.Event()
        self.cut_off = False
        self.peak = 0.0

    def run(self) -> None:
        """Looks, every `PAUSE` seconds."""
        began = time.perf_counter()
        while not self.ended.wait(PAUSE):
            self.peak = max(self.peak, resident(self.group))
            if time.perf_counter() - began > self.limit:
                self.cut_off = True
                with suppress(ProcessLookupError):
                    os.killpg(self.group, signal.SIGKILL)
                return


def resident(group: int) -> float:
    """Memory that the processes of a group hold now, MiB; 0 where the system has no /proc."""
    pages = 0
    for folder in PROC.glob("[0-9]*"):
        # A process may end while it is looked at.
        with suppress(OSError, IndexError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                pages += int(fields[21])
    return pages * PAGE / 2**20
