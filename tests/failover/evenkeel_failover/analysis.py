"""From records to findings: who owned which client, gaps, takeovers, shares. Pure functions."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from .records import Attempt, Fault, Held, LoadRecords


@dataclass(frozen=True)
class Takeover:
    """Others took a node's clients over."""

    last: float
    """The lost node's last answer to a client of its own before that."""
    first: float
    """The first answer of another to such a client."""
    by: str

    @property
    def gap_ms(self) -> float:
        """Between the two."""
        return (self.first - self.last) * 1000


@dataclass(frozen=True)
class Gap:
    """The longest time in which a group of clients got no answer."""

    begins: float
    ends: float
    clients: int
    after: str | None
    """Who answered last before it."""
    by: str | None
    """Who ended it; nobody: it lasted to the load's end."""

    @property
    def ms(self) -> float:
        """How long it was."""
        return (self.ends - self.begins) * 1000


def since(attempts: Sequence[Attempt], moment: float) -> list[Attempt]:
    """Attempts that began at a moment or later."""
    return [attempt for attempt in attempts if attempt.started >= moment]


def owners(attempts: Iterable[Attempt], until: float) -> dict[str, str]:
    """Who answered each client address last before a moment."""
    answered = [a for a in attempts if a.node is not None and a.ended <= until]
    answered.sort(key=attrgetter("ended"))
    return {attempt.source: attempt.node for attempt in answered if attempt.node is not None}


def answers(records: LoadRecords, clients: set[str] | None = None) -> list[tuple[float, str]]:
    """Moments of answers to some clients, or to all, and who gave them, in order."""

    def wanted(source: str) -> bool:
        return clients is None or source in clients

    found = [(a.ended, a.node) for a in records.attempts if a.node and wanted(a.source)]
    for held in records.held:
        if wanted(held.source):
            found += [(answer.ended, answer.node) for answer in held.answers]
    return sorted(found)


def clients_of(records: LoadRecords, node: str, at: float) -> set[str]:
    """The client addresses that a node answered last before a moment."""
    owned = {source for source, owner in owners(records.attempts, at).items() if owner == node}
    for held in records.held:
        if any(a.node == node and a.ended <= at for a in held.answers[-1:]):
            owned.add(held.source)
    return owned


def takeover(records: LoadRecords, lost: str, at: float) -> Takeover | None:
    """How others took over what was a node's at a moment; none while they did not."""
    told = answers(records, clients_of(records, lost, at))
    after = bisect_left(told, (at, ""))
    first = next(((when, who) for when, who in told[after:] if who != lost), None)
    if first is None:
        return None
    before = [when for when, who in told if who == lost and when <= first[0]]
    return Takeover(max(before), *first) if before else None


def gap(records: LoadRecords, clients: set[str] | None, begin: float) -> Gap | None:
    """The longest time in which these clients, or all, got no answer, from a moment to the end."""
    told = answers(records, clients)
    end = records.ended if records.ended is not None else begin
    first = max(bisect_left(told, (begin, "")) - 1, 0)
    moments: list[tuple[float, str | None]] = [*told[first:], (max(end, begin), None)]
    if not told:
        return None
    count = len({a.source for a in records.attempts} if clients is None else clients)
    pairs = pairwise(moments)
    longest = max(pairs, key=lambda pair: pair[1][0] - pair[0][0])
    (begins, after), (ends, by) = longest
    return Gap(begins, ends, count, after, by)


def shares(attempts: Iterable[Attempt]) -> Counter[str]:
    """Answered connections by node."""
    return Counter(attempt.node for attempt in attempts if attempt.node is not None)


def percent(counts: Counter[str], node: str) -> float:
    """A node's part of them."""
    total = counts.total()
    return 100 * counts[node] / total if total else 0.0


def broken(records: LoadRecords) -> list[Held]:
    """Held connections that broke after they had been answered."""
    return [held for held in records.held if held.broken_at is not None and held.answers]


def strayed(records: LoadRecords) -> list[tuple[Held, float, str]]:
    """Held connections that another node answered than the first time: moment and who."""
    found = []
    for held in records.held:
        for answer in held.answers:
            if answer.node != held.node:
                found.append((held, answer.ended, answer.node))
                break
    return found


def losses(faults: Iterable[Fault]) -> list[tuple[Fault, str]]:
    """Faults by which a node loses its share, with the node."""
    return [(fault, node) for fault in faults for node in fault.loses]


def paused(records: LoadRecords, begin: float, end: float) -> float:
    """Seconds in which the load itself stood still between two moments."""
    overlaps = (
        min(end, pause.at + pause.seconds) - max(begin, pause.at) for pause in records.pauses
    )
    return sum(overlap for overlap in overlaps if overlap > 0)
