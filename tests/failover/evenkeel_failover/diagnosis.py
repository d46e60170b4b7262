"""Why something did not hold: what went on then, and what the farm's own views and counters say.

Two steps: `gather` asks every node, `causes`, which is pure, draws conclusions from the answers.
"""

import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from evenkeel_client import ProblemError
from evenkeel_client.api.cluster import get_node
from evenkeel_client.api.node_modules import get_flow_owner, list_resources_on_node

from .errors import FarmError
from .records import Attempt, Recording

if TYPE_CHECKING:
    from .farm import Farm
    from .traffic import Load

ASK_S = 3.0
# What is told of the time around a moment.
BEFORE_S, AFTER_S = 1.0, 3.0
EVENTS_MAX = 14
CLIENTS_ASKED = 12
# Packets dropped for these reasons tell of something; other drops are everyday.
TELLING = {
    "drop_lease": "its daemon held no valid lease",
    "drop_fence": "its daemon was gone or not ready",
    "drop_no_table": "its tables contradict each other",
    "drop_no_route": "the owner's MAC address was unknown",
    "drop_no_rule": "no rule names them",
}
# Events after which buckets move, and how long that may take.
CHANGING = {"view_changed", "share_opened", "state_changed"}
SETTLING_S = 0.5
QUIET = {"message_written", "script_started", "script_ended", "virtual_ip_set", "share_opened"}


@dataclass(frozen=True)
class PeerView:
    """Another node as one node hears it."""

    alive: bool
    reached: bool
    """Its kernel answers probes on some LAN."""


@dataclass(frozen=True)
class NodeView:
    """What one node says of itself and of the others; or why it says nothing."""

    node: str
    silent: str | None = None
    state: str = ""
    reason: str | None = None
    members: tuple[str, ...] = ()
    backend: tuple[str, str] = ("", "")
    """Its name, and why this one."""
    down: tuple[str, ...] = ()
    """Resources that are down."""
    counters: dict[str, int] = field(default_factory=dict)
    peers: dict[str, PeerView] = field(default_factory=dict)


@dataclass(frozen=True)
class Stray:
    """A client that was answered by another node than the tables say."""

    source: str
    answered: str
    owner: str
    said_by: str


@dataclass(frozen=True)
class Comparison:
    """Answers compared with the tables of other nodes."""

    asked: int
    strays: list[Stray]


def context(farm: "Farm", at: float, load: "Load | None") -> str:
    """What went on around a moment, and the likely causes."""
    views = gather(farm)
    compared = compare_with_tables(farm, views, load.records.attempts if load else [])
    recording = farm.recording
    lines = [f"At {recording.since_start(at)} of the test:"]
    lines += [f"  {line}" for line in happenings(recording, at)] or ["  nothing was done or told"]
    then = ", ".join(f"{node} {recording.state_at(node, at)}" for node in farm.nodes)
    lines.append(f"States then: {then}.")
    now = ", ".join(f"{view.node} {view.state or 'silent'}" for view in views)
    lines.append(f"States as of this message: {now}.")
    found = causes(views, compared.strays, entry_of_clients(farm))
    lines.append(
        "What the farm says of itself:" if found else "The farm itself sees nothing wrong."
    )
    lines += [f"  * {cause}" for cause in found]
    return "\n".join(lines)


def happenings(recording: Recording, at: float) -> list[str]:
    """Faults of the test up to a moment, and events around it, in order."""
    faults = [(f.began, f"{f.text}") for f in recording.faults if f.began <= at + AFTER_S]
    events = [
        (event.at, f"{event.node} says: {event.message}")
        for event in list(recording.events)
        if event.kind not in QUIET and at - BEFORE_S <= event.at <= at + AFTER_S
    ]
    # The nearest ones matter when there are many.
    events = sorted(events, key=lambda told: abs(told[0] - at))[:EVENTS_MAX]
    return [f"{recording.since_start(when):>8} {what}" for when, what in sorted(faults + events)]


def gather(farm: "Farm") -> list[NodeView]:
    """Asks every node at once."""
    with ThreadPoolExecutor(len(farm.nodes)) as askers:
        return list(askers.map(lambda node: _view(farm, node), farm.nodes))


def _view(farm: "Farm", node: str) -> NodeView:
    ask = farm.api.at
    try:
        status = farm.state(node)
        itself = ask(node, get_node.sync_detailed, node, timeout_s=ASK_S)
        listed = ask(node, list_resources_on_node.sync_detailed, node, farm.module, timeout_s=ASK_S)
    except (FarmError, ProblemError) as error:
        return NodeView(node, silent=str(error))
    peers = {
        peer.name: PeerView(peer.alive, any(lan.reached for lan in peer.lans))
        for peer in itself.peers
    }
    return NodeView(
        node,
        state=f"{status.phase} ({status.readiness})",
        reason=status.reason if isinstance(status.reason, str) else None,
        members=tuple(sorted(status.members)),
        backend=(status.backend.name, status.backend.why),
        down=tuple(one.name for one in listed.resources if one.value == "down"),
        counters=dict(status.counters.additional_properties),
        peers=peers,
    )


def compare_with_tables(
    farm: "Farm", views: list[NodeView], attempts: Iterable[Attempt]
) -> Comparison:
    """Whether the newest answered clients are those of who answered, as other nodes' tables say.

    Nothing follows from the tables of a farm in parts, nor from answers before buckets last moved.
    """
    ready = [view for view in views if view.state == "UP (Ready)"]
    if len({view.members for view in ready}) != 1 or not farm.address:
        return Comparison(0, [])
    since = settled_since(farm.recording)
    newest = {a.source: a for a in attempts if a.node and a.started > since}
    asked, strays = 0, []
    for attempt in sorted(newest.values(), key=attrgetter("ended"))[-CLIENTS_ASKED:]:
        witness = next((view.node for view in ready if view.node != attempt.node), None)
        owner = None if witness is None else _owner(farm, witness, attempt)
        asked += owner is not None
        if witness and owner and attempt.node and owner != attempt.node:
            strays.append(Stray(attempt.source, attempt.node, owner, witness))
    return Comparison(asked, strays)


def settled_since(recording: Recording) -> float:
    """From when on answers say something about the tables in force."""
    changes = [fault.began for fault in recording.faults]
    changes += [event.at for event in recording.events if event.kind in CHANGING]
    return max(changes, default=recording.started) + SETTLING_S


def _owner(farm: "Farm", witness: str, attempt: Attempt) -> str | None:
    flow = {"src": attempt.source, "sport": attempt.port, "vip": farm.address, "port": farm.port}
    operation = get_flow_owner.sync_detailed
    try:
        found = farm.api.at(
            witness, operation, witness, farm.module, protocol="tcp", timeout_s=ASK_S, **flow
        )
    except (FarmError, ProblemError):
        return None
    return found.owner if isinstance(found.owner, str) else None


def entry_of_clients(farm: "Farm") -> str | None:
    """The node to whose MAC address the lab's clients send what is for the virtual address."""
    if farm.lab is None:
        return None
    told = farm.lab.description
    command = [*told["client"]["command"], "ip", "neigh", "show", str(farm.address)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return next((node["name"] for node in told["nodes"] if node["mac"] in said), None)


def causes(views: list[NodeView], strays: list[Stray], entry: str | None = None) -> list[str]:
    """What is wrong, as sentences; the most telling first. `entry`: whom the clients send to."""
    found = _causes_of_strays(views, strays) + _causes_of_entry(views, entry)
    found += _causes_between_nodes(views)
    for view in views:
        found += _causes_on(view)
    return found


def _causes_of_strays(views: list[NodeView], strays: list[Stray]) -> list[str]:
    backends = {view.node: view.backend for view in views}
    found = []
    for node in sorted({stray.answered for stray in strays}):
        of_node = [stray for stray in strays if stray.answered == node]
        one = of_node[0]
        name, why = backends.get(node, ("", ""))
        found.append(
            f"{node} ignores its table: it answered {len(of_node)} of the newest clients that are "
            f"others', {one.source} for one, who is {one.owner}'s as {one.said_by} says"
            + (f"; the back end of {node} is {name} ({why})" if name else "")
        )
    if not strays:
        for node, (name, why) in backends.items():
            if name == "memory":
                found.append(f"{node} puts no decision in force: its back end is memory ({why})")
    return found


def _causes_of_entry(views: list[NodeView], entry: str | None) -> list[str]:
    """Clients that send to a node which takes nothing."""
    view = next((view for view in views if view.node == entry), None)
    if view is None or (view.silent is None and view.state == "UP (Ready)"):
        return []
    return [
        f"clients send to {entry}, which is {view.state or 'silent'}: their neighbour entry for "
        "the virtual address has that node's MAC address, and nobody has announced another one"
    ]


def _causes_between_nodes(views: list[NodeView]) -> list[str]:
    """Who does not hear whom, of nodes that all answer the API."""
    found = []
    speaking = [view for view in views if view.silent is None]
    parts = {view.members for view in speaking if view.state.startswith("UP") and view.members}
    if len(parts) > 1:
        told = " | ".join(", ".join(part) for part in sorted(parts))
        found.append(f"the farm is in parts, although the API reaches all of them: {told}")
    heartbeats: list[str] = []
    both: list[str] = []
    for view in speaking:
        for other in speaking:
            peer = view.peers.get(other.node)
            if peer is None or peer.alive:
                continue
            (heartbeats if peer.reached else both).append(f"{view.node} of {other.node}")
    if heartbeats:
        found.append(
            "heartbeats are lost between nodes whose kernels answer each other's probes: not heard "
            f"is {', '.join(heartbeats)}; something drops the daemons' datagrams alone (UDP, the "
            "cluster's heartbeat port)"
        )
    if both:
        found.append(
            "neither heartbeats nor answers to probes pass between nodes that answer the API: "
            f"not heard is {', '.join(both)}; something drops UDP on the cluster's heartbeat port"
        )
    return found


def _causes_on(view: NodeView) -> list[str]:
    if view.silent is not None:
        return [f"{view.node} does not answer: {view.silent}"]
    found = []
    if view.state != "UP (Ready)":
        found.append(f"{view.node} is {view.state}" + (f": {view.reason}" if view.reason else ""))
    if view.down:
        found.append(f"{view.node}: down is {', '.join(view.down)}")
    for counter, why in TELLING.items():
        if number := view.counters.get(counter, 0):
            found.append(f"{view.node} dropped {number} packets, as {why} ({counter})")
    return found
