"""Expectations. Each is recorded, and raises NotHeld with what was seen, when, where, and why."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from evenkeel_client import ProblemError

from . import analysis, diagnosis
from .errors import FarmError, NotHeld
from .reach import virtual_mac
from .records import Attempt, Check, LoadRecords

if TYPE_CHECKING:
    from .farm import Farm
    from .traffic import Load

# What stands for the virtual address among names of nodes.
VIRTUAL = "address"
# Findings that a message names one by one.
NAMED_MAX = 6


class Expectations:
    """What can be expected of a farm and of a load on it. Methods return this, so they chain.

    Times are the user's own bounds: on a busy machine the load's own pauses are part of what it
    measures, and every message says how long the load stood still meanwhile.
    """

    def __init__(self, farm: "Farm", load: "Load | None") -> None:
        """Use `farm.expect` or `load.expect`."""
        self._farm, self._load = farm, load

    def no_reset(self, except_on: str | Iterable[str] = ()) -> "Expectations":
        """No connection that was answered broke, and no new one failed.

        `except_on`: connections of these nodes may break, as they do when a node dies: those held
        there, and those of its clients that began before others had taken over.
        """
        allowed = {except_on} if isinstance(except_on, str) else set(except_on)
        records = self._records()
        lost = self._lost_attempts(records, allowed)
        what = "no connection broken" + (
            f", but on {', '.join(sorted(allowed))}" if allowed else ""
        )
        found: list[tuple[float, str]] = [
            (
                held.broken_at or 0.0,
                f"held connection from {held.source} on {held.node}: {held.failure}",
            )
            for held in analysis.broken(records)
            if held.node not in allowed
        ]
        found += [
            (a.started, f"new connection from {a.source}: {a.failure} after {a.took_ms:.0f} ms")
            for a in records.attempts
            if a.failure is not None and a not in lost
        ]
        found += [
            (at, f"held connection from {held.source} on {held.node} was answered by {who}")
            for held, at, who in analysis.strayed(records)
        ]
        return self._judge_findings(what, found, "broke")

    def no_slow_attempt(self, ms: float, except_from: str | Iterable[str] = ()) -> "Expectations":
        """No new connection took longer than this to its answer, or had none.

        `except_from`: clients of these nodes, as they were before each one's loss, are left out.
        """
        records = self._records()
        nodes = {except_from} if isinstance(except_from, str) else set(except_from)
        spared: set[str] = set()
        for fault, node in analysis.losses(self._farm.recording.faults):
            if node in nodes:
                spared |= analysis.clients_of(records, node, fault.began)
        what = f"no attempt slower than {ms:g} ms"
        slow = [
            (a.started, f"new connection from {a.source}: {_outcome(a)}")
            for a in records.attempts
            if a.source not in spared and (a.took_ms > ms or a.failure is not None)
        ]
        return self._judge_findings(what, slow, "were slow or failed")

    def gap_below(self, ms: float) -> "Expectations":
        """After each loss of a node, its clients as a group never had no answer for so long.

        Without a loss the same is asked of all clients from the load's beginning.
        """
        records = self._records()
        what = f"no gap of {ms:g} ms"
        losses = analysis.losses(self._farm.recording.faults)
        groups: list[tuple[str, set[str] | None, float]] = [
            (f"{node}'s clients", analysis.clients_of(records, node, fault.began), fault.began)
            for fault, node in losses
        ]
        # A node that was lost already has no clients to lose; one of the losses has to be measured.
        groups = [group for group in groups if group[1]] or groups[:1]
        groups = groups or [("all clients", None, records.started)]
        for whose, clients, begin in groups:
            gap = analysis.gap(records, clients, begin)
            if gap is None or gap.ms >= ms:
                return self._judge_gap(what, whose, gap, records)
        return self._held(what)

    def shares_within(
        self,
        points: float,
        weights: Mapping[str, float] | None = None,
        among: Sequence[str] | None = None,
        since: float | None = None,
    ) -> "Expectations":
        """New connections are shared as the weights say, or equally, within so many points.

        Counted from `since`, else from the load's mark(), else from its beginning, `among` these
        nodes, or all. Clients' addresses are hashed: some points of difference are chance.
        """
        records = self._records()
        begin = since or (self._load.marked if self._load else None) or records.started
        nodes = tuple(among or self._farm.nodes)
        given = weights or dict.fromkeys(nodes, 1.0)
        total = sum(given.values())
        counts = analysis.shares(analysis.since(records.attempts, begin))
        what = f"shares within {points:g} points"
        wrong = []
        for node in sorted(set(self._farm.nodes) | set(counts)):
            due, had = 100 * given.get(node, 0.0) / total, analysis.percent(counts, node)
            if abs(due - had) > points or not counts:
                wrong.append(f"{node} {had:.1f} % instead of {due:.1f} %")
        if not wrong:
            return self._held(what)
        text = f"of {counts.total()} connections since {self._when(begin)}: {', '.join(wrong)}"
        return self._broken(what, text, max(begin, self._last_moment(records)))

    def answered_by_owners(self) -> "Expectations":
        """The newest clients were answered by the nodes to which the tables of others give them.

        The load has to have run for a second since buckets last moved.
        """
        records = self._records()
        views = diagnosis.gather(self._farm)
        compared = diagnosis.compare_with_tables(self._farm, views, records.attempts)
        what = "clients answered by the owners of their buckets"
        if compared.asked == 0:
            text = "no answer that could be compared: too soon after a change, or a farm in parts"
            return self._broken(what, text, self._last_moment(records))
        if not compared.strays:
            return self._held(what)
        told = [f"{s.source}: {s.owner}'s, answered by {s.answered}" for s in compared.strays]
        return self._broken(what, _some(told), self._last_moment(records))

    def state(self, phase: str, readiness: str, *nodes: str) -> "Expectations":
        """The module is in this state on these nodes, or on all."""
        what = f"{', '.join(nodes) or 'all nodes'} {phase} ({readiness})"
        wrong = []
        for node in nodes or self._farm.nodes:
            try:
                status = self._farm.state(node)
                if (status.phase, status.readiness) != (phase, readiness):
                    wrong.append(f"{node} is {status.phase} ({status.readiness})")
            except (FarmError, ProblemError) as error:
                wrong.append(f"{node} does not say: {error}")
        if not wrong:
            return self._held(what)
        return self._broken(what, ", ".join(wrong), time.monotonic())

    def answers_ping(
        self, *who: str, count: int = 3, interval_s: float = 0.5, times: int = 1
    ) -> "Expectations":
        """Each of so many pings is answered so often: once, unless said otherwise, and never twice.

        `who`: nodes by their names, for their own addresses, and `address` for the virtual one,
        which alone is pinged when nobody is named.
        """
        known, wrong = self._farm.addresses(), []
        asked = who or (VIRTUAL,)
        what = f"{count} pings of {', '.join(asked)} answered {times} time{'s' * (times != 1)} each"
        began = time.monotonic()
        for one in asked:
            pinged = self._farm.workstation.ping(_known(known, one), count, interval_s)
            for number, answers in pinged.other_than(times).items():
                often = {0: "not answered", 1: "answered once"}.get(
                    answers, f"answered {answers} times (DUP!)"
                )
                wrong.append(f"ping {number} of {one}, {pinged.address}, was {often}")
        if not wrong:
            return self._held(what)
        return self._broken(what, f"{len(wrong)} of them:\n{_some(wrong)}", began)

    def resolves_to(self, whose: str) -> "Expectations":
        """The virtual address has this MAC address where clients are.

        `whose`: `node` for that of any node, as in directed mode, a node's name for that node's,
        `virtual` for 5a:fe and the address, as in invisible mode; or a MAC address.
        """
        what = f"the virtual address resolves to {whose if ':' in whose else f'the MAC of {whose}'}"
        known, workstation = self._farm.addresses(), self._farm.workstation
        address, began = _known(known, VIRTUAL), time.monotonic()
        nodes = [node for node in self._farm.nodes if whose in (node, "node")]
        for one in (address, *(known[node] for node in nodes)):
            # Whoever is talked to is resolved; whether it answers is another question.
            workstation.ping(one, 1, 0.0)
        macs = {workstation.mac(known[node]): node for node in nodes}
        if whose == "virtual":
            macs = {virtual_mac(address): "virtual"}
        elif not nodes:
            macs = {whose.lower(): whose}
        found = workstation.mac(address)
        if found in macs:
            return self._held(what)
        right = ", ".join(f"{mac} ({name})" for mac, name in macs.items())
        return self._broken(what, f"{address} has {found} here, which is none of {right}", began)

    # How it is judged and told.

    def _records(self) -> LoadRecords:
        if self._load is None:
            raise FarmError("this needs a load: use `load.expect`")
        records = self._load.records
        if not records.attempts and not records.held:
            raise FarmError("the load has not recorded anything yet")
        return records

    def _lost_attempts(self, records: LoadRecords, nodes: set[str]) -> set[Attempt]:
        """Failed attempts of these nodes' clients that began before others had taken over."""
        lost: set[Attempt] = set()
        for fault, node in analysis.losses(self._farm.recording.faults):
            taken = analysis.takeover(records, node, fault.began) if node in nodes else None
            if taken is not None:
                clients = analysis.clients_of(records, node, fault.began)
                mine = (a for a in records.attempts if a.failure and a.source in clients)
                lost |= {attempt for attempt in mine if attempt.started <= taken.first}
        return lost

    def _judge_findings(
        self, what: str, found: list[tuple[float, str]], verb: str
    ) -> "Expectations":
        if not found:
            return self._held(what)
        found.sort()
        told = [f"{self._when(at)}: {text}" for at, text in found]
        return self._broken(what, f"{len(found)} {verb}:\n{_some(told)}", found[0][0])

    def _judge_gap(
        self, what: str, whose: str, gap: analysis.Gap | None, records: LoadRecords
    ) -> "Expectations":
        if gap is None:
            return self._broken(what, f"no answer to {whose}, if there were any", records.started)
        text = (
            f"{whose} ({gap.clients} addresses) had no answer for {gap.ms:.0f} ms, from "
            f"{self._when(gap.begins)}, {gap.after} answering last, to {self._when(gap.ends)}, "
        )
        text += f"where {gap.by} answered" if gap.by else "the load's end: nobody answered again"
        paused = analysis.paused(records, gap.begins, gap.ends) * 1000
        if paused > 0:
            text += f"; the load itself stood still for {paused:.0f} ms of it: the machine is busy"
        return self._broken(what, text, gap.begins)

    def _held(self, what: str) -> "Expectations":
        self._farm.recording.checks.append(Check(what, held=True))
        return self

    def _broken(self, what: str, seen: str, at: float) -> "Expectations":
        message = f"expected: {what}\nseen: {seen}\n{self._farm.context(at, self._load)}"
        self._farm.recording.checks.append(Check(what, held=False, message=message))
        raise NotHeld(message)

    def _when(self, at: float) -> str:
        return self._farm.recording.since_start(at)

    @staticmethod
    def _last_moment(records: LoadRecords) -> float:
        return max((attempt.ended for attempt in records.attempts), default=records.started)


def _outcome(attempt: Attempt) -> str:
    if attempt.failure is not None:
        return f"{attempt.failure} after {attempt.took_ms:.0f} ms"
    return f"answered by {attempt.node} after {attempt.took_ms:.0f} ms"


def _known(addresses: Mapping[str, str], who: str) -> str:
    if who not in addresses:
        raise FarmError(f"no address of {who} is known, only of {', '.join(addresses)}")
    return addresses[who]


def _some(told: list[str]) -> str:
    lines = [f"  {line}" for line in told[:NAMED_MAX]]
    if len(told) > NAMED_MAX:
        lines.append(f"  and {len(told) - NAMED_MAX} more")
    return "\n".join(lines)
