"""What is recorded of a test: the load's experience, faults, events; times are monotonic seconds.

Read by expectations and the report. Linux's monotonic clock is one for all processes and network
namespaces of a machine, so that records of the lab, the load and the test fit together.
"""

from dataclasses import dataclass, field
from typing import Literal

Failure = str
UNKNOWN = "unknown"
# Verbs that end a node's daemon.
ENDING = {"kill", "power_off", "terminate"}


@dataclass(frozen=True)
class Attempt:
    """One new connection with one request, and what became of it."""

    source: str
    port: int
    started: float
    ended: float
    node: str | None
    failure: Failure | None = None

    @property
    def took_ms(self) -> float:
        """From its beginning to its answer or failure."""
        return (self.ended - self.started) * 1000


@dataclass(frozen=True)
class Answer:
    """One answer on a held connection."""

    asked: float
    ended: float
    node: str


@dataclass
class Held:
    """The life of one connection that is held open."""

    source: str
    opened: float
    answers: list[Answer] = field(default_factory=list)
    broken_at: float | None = None
    failure: Failure | None = None

    @property
    def node(self) -> str | None:
        """Who answered first; none: nobody did."""
        return self.answers[0].node if self.answers else None


@dataclass(frozen=True)
class Pause:
    """The load itself stood still: what it measured then is the machine's, not the farm's."""

    at: float
    seconds: float


@dataclass
class LoadRecords:
    """Everything that a load experienced."""

    attempts: list[Attempt] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    started: float = 0.0
    surveyed: float = 0.0
    """When every client address had been used once."""
    ended: float | None = None


@dataclass(frozen=True)
class Fault:
    """Something that was done to the farm."""

    verb: str
    nodes: tuple[str, ...]
    began: float
    text: str
    loses: tuple[str, ...] = ()
    """Nodes that lose their share by it."""


@dataclass(frozen=True)
class Event:
    """Something that a node told."""

    at: float
    node: str
    kind: str
    message: str
    module: str | None = None
    phase: str | None = None
    readiness: str | None = None
    members: tuple[str, ...] = ()
    epoch: str | None = None


@dataclass(frozen=True)
class Check:
    """An expectation, and whether it held."""

    what: str
    held: bool
    message: str = ""


Outcome = Literal["passed", "failed", "skipped", "running"]


@dataclass
class Recording:
    """One test on a farm, from its first moment to its last."""

    name: str
    nodes: tuple[str, ...]
    farm: str
    started: float
    ended: float | None = None
    outcome: Outcome = "running"
    message: str = ""
    loads: list[LoadRecords] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    """The module's state on each node when the test began."""

    def since_start(self, at: float) -> str:
        """A moment as the report and all messages write it."""
        return f"{at - self.started:.2f} s"

    def states_of(self, node: str) -> list[tuple[float, str]]:
        """The states that a node told, each from when on; nothing is told without a daemon."""
        told = [(self.started, self.states.get(node, UNKNOWN))]
        told += [
            (event.at, f"{event.phase} ({event.readiness})")
            for event in list(self.events)
            if event.node == node and event.phase and event.at > self.started
        ]
        ends = (fault for fault in self.faults if fault.verb in ENDING and node in fault.nodes)
        told += [(fault.began, UNKNOWN) for fault in ends]
        return sorted(told)

    def state_at(self, node: str, at: float) -> str:
        """The last state that the node told before a moment."""
        told = [state for since, state in self.states_of(node) if since <= at]
        return told[-1] if told else UNKNOWN
