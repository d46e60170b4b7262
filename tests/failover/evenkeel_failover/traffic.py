"""The load from this side: starts its process, collects what it tells, waits for what it sees."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from . import analysis, load
from .errors import FarmError
from .expect import Expectations
from .load import LoadOptions
from .records import Answer, Attempt, Held, LoadRecords, Pause

if TYPE_CHECKING:
    from .farm import Farm

# How long a condition is waited for unless said otherwise.
WITHIN_S = 30.0
STOP_S = 30.0
# How often a condition is looked at: it may go through all records.
POLL_S = 0.03


class Load:
    """A load on a farm, measured from outside. A context manager: it runs inside of the block."""

    def __init__(self, farm: "Farm", options: LoadOptions, prefix: Sequence[str] = ()) -> None:
        """Prepares it. `prefix` stands before the command and brings it to where clients are."""
        self.farm = farm
        self.options = options
        self.records = LoadRecords()
        self.marked: float | None = None
        self._prefix = tuple(prefix)
        self._held: dict[int, Held] = {}
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def expect(self) -> "Expectations":
        """What can be expected of it, and of the farm."""
        return Expectations(self.farm, self)

    def start(self) -> Self:
        """Starts it, and waits until it runs."""
        # The file by itself: it needs nothing of the package, and starts at once.
        command = [*self._prefix, sys.executable, "-P", load.__file__]
        self._process = subprocess.Popen(
            [*command, self.options.to_json()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.farm.recording.loads.append(self.records)
        self._reader = threading.Thread(target=self._read, daemon=True, name="load")
        self._reader.start()
        try:
            self.wait(lambda records: records.surveyed > 0, "the first connection of every client")
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Ends it; attempts under way end first."""
        if self._process is None or self._reader is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(STOP_S)
        if self.records.ended is None:
            self.records.ended = time.monotonic()

    def __enter__(self) -> Self:
        """Starts it."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends it."""
        self.stop()

    def mark(self) -> float:
        """From here on is what `shares_within` looks at."""
        self.marked = time.monotonic()
        return self.marked

    def run_for(self, seconds: float) -> None:
        """Goes on undisturbed for so long; raises when the load has ended by itself."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._must_run()
            time.sleep(min(left, POLL_S))

    def wait(
        self,
        seen: Callable[[LoadRecords], bool],
        what: str,
        within_s: float = WITHIN_S,
    ) -> None:
        """Waits until the records show something; raises FarmError with `what` when they do not."""
        deadline = time.monotonic() + within_s
        while True:
            with self._lock:
                if seen(self.records):
                    return
            if time.monotonic() > deadline:
                context = self.farm.context(time.monotonic(), self)
                raise FarmError(f"waited {within_s:g} s for {what}\n{context}")
            self._must_run()
            time.sleep(POLL_S)

    def wait_for_answers_of(self, *nodes: str, within_s: float = WITHIN_S) -> None:
        """Waits until each of these nodes, or all, has answered a connection begun from now on."""
        wanted, since = set(nodes or self.farm.nodes), time.monotonic()

        def answered(records: LoadRecords) -> bool:
            recent = analysis.since(records.attempts, since)
            return wanted <= {attempt.node for attempt in recent}

        self.wait(answered, f"answers of {', '.join(sorted(wanted))}", within_s)

    def wait_for_takeover_of(self, node: str, within_s: float = WITHIN_S) -> None:
        """Waits until others answer clients that were this node's before the newest fault of it."""
        fault = self.farm.newest_fault_of(node)

        def taken_over(records: LoadRecords) -> bool:
            return analysis.takeover(records, node, fault.began) is not None

        self.wait(taken_over, f"others to answer for {node}'s clients", within_s)

    def _must_run(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            code = None if process is None else process.returncode
            raise FarmError(f"the load does not run; its process ended with {code}")

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._lock:
                self._take(json.loads(line))

    def _take(self, told: dict[str, Any]) -> None:
        records = self.records
        match told["kind"]:
            case "attempt":
                times = told["started"] / 1e9, told["ended"] / 1e9
                who = told.get("node"), told.get("failure")
                records.attempts.append(Attempt(told["source"], told["port"], *times, *who))
            case "opened":
                held = Held(told["source"], told["at"] / 1e9)
                self._held[told["connection"]] = held
                records.held.append(held)
            case "answer":
                answer = Answer(told["asked"] / 1e9, told["ended"] / 1e9, told["node"])
                self._held[told["connection"]].answers.append(answer)
            case "broken":
                held = self._held[told["connection"]]
                held.broken_at, held.failure = told["at"] / 1e9, told["failure"]
            case "pause":
                records.pauses.append(Pause(told["at"] / 1e9, told["took"] / 1e9))
            case "started":
                records.started = told["at"] / 1e9
            case "surveyed":
                records.surveyed = told["at"] / 1e9
            case "ended":
                records.ended = told["at"] / 1e9
