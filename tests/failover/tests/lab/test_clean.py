"""A test run that is killed leaves no farm behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE_S = 60.0
RUN = """
import time
from evenkeel_failover import Farm, Lab, LabOptions
farm = Farm.of_lab(Lab(LabOptions(nodes=2)))
with farm.load() as load:
    print(farm.lab.description["ca"].split("/")[2], flush=True)
    time.sleep(3600)
"""


def test_killed_with_its_farm_and_load() -> None:
    run = subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    lab = Path("/proc") / run.stdout.readline().strip()
    load = children_of(run.pid)
    assert lab.exists()
    assert len(load) >= 2
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    deadline = time.monotonic() + PATIENCE_S
    while lab.exists() or any(is_there(process) for process in load):
        assert time.monotonic() < deadline, "something is left behind"
        time.sleep(0.05)


def children_of(process: int) -> list[Path]:
    """The processes that it started: the lab's outer one and the load."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [Path("/proc") / child for child in told]


def is_there(process: Path) -> bool:
    """Whether it runs; one that only waits for its parent to look does not."""
    try:
        return "(zombie)" not in (process / "status").read_text()
    except FileNotFoundError:
        return False
