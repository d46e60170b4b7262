"""A farm under test: what can be done to it, what state it is in, what is recorded of it."""

import time
from bisect import insort
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from evenkeel_client import ProblemError
from evenkeel_client.api.cluster import get_cluster
from evenkeel_client.api.faults import cut_lan, freeze_daemon, kill_daemon
from evenkeel_client.api.modules import (
    drain_module,
    restart_module,
    start_module,
    stop_module,
    undrain_module,
)
from evenkeel_client.api.node_modules import get_module_on_node
from evenkeel_client.models import (
    CutRequest,
    CutWay,
    FreezeRequest,
    ModuleStatus,
    NodeResult,
    NodeResults,
    NodeSelection,
)

from . import diagnosis
from .api import Api
from .errors import FarmError, NeedsLab
from .expect import VIRTUAL, Expectations
from .lab import Lab
from .load import LoadOptions
from .namespace import Namespace
from .reach import Workstation
from .records import UNKNOWN, Event, Fault, Recording
from .traffic import WITHIN_S, Load
from .watch import Watch

BUCKETS = 4096
POLL_S = 0.05
# A node that is asked in a loop must not hold the loop up.
ASK_S = 3.0


class Farm:
    """A farm, of the lab or an existing one, and one of its modules.

    Every verb is recorded with its moment. Verbs about cables, power and daemons need the lab and
    raise NeedsLab elsewhere; those about the module go through the API, and so do the few faults
    that daemons do themselves where they were started for it.
    """

    def __init__(
        self,
        api: Api,
        *,
        nodes: Sequence[str],
        module: str,
        address: str | None,
        port: int = 80,
        sources: Sequence[str] = (),
        lab: Lab | None = None,
    ) -> None:
        """See `of_lab` and `existing`."""
        self.api, self.module, self.lab = api, module, lab
        self.nodes = tuple(nodes)
        self.address, self.port, self.sources = address, port, tuple(sources)
        self.recording = self._new_recording("farm")
        self._watch = Watch(api, self._told, same_clock=lab is not None)
        self._watch.start()

    @classmethod
    def of_lab(cls, lab: Lab) -> "Farm":
        """A farm that the lab brought up, with its module."""
        told = lab.description
        return cls(
            lab.api(),
            nodes=lab.nodes,
            module=told["module"],
            address=told["address"],
            port=told["port"],
            sources=told["sources"],
            lab=lab,
        )

    @classmethod
    def existing(
        cls,
        urls: Sequence[str],
        *,
        user: str,
        password: str,
        module: str,
        ca: str | None = None,
        fingerprint: str | None = None,
        address: str | None = None,
        port: int = 80,
        sources: Sequence[str] = (),
    ) -> "Farm":
        """A farm that runs already; with a URL per node it is watched when one is gone, too.

        Whom to trust is said by `ca`, a file, or by its `fingerprint`.
        """

        def api(urls: dict[str, str]) -> Api:
            return Api(urls, user, password, ca, fingerprint=fingerprint)

        doors: dict[str, str] = {}
        nodes: list[str] = []
        for url in urls:
            cluster = api({"": url}).any(get_cluster.sync_detailed)
            doors[cluster.answered_by] = url
            nodes = [node.name for node in cluster.nodes]
        return cls(
            api(doors),
            nodes=nodes,
            module=module,
            address=address,
            port=port,
            sources=sources,
        )

    def close(self) -> None:
        """Ends the watch, and the lab with its farm."""
        self._watch.stop()
        if self.lab is not None:
            self.lab.close()

    # What is recorded.

    def begin(self, name: str) -> Recording:
        """A new record, of the test with this name."""
        self.recording = self._new_recording(name)
        for node in self.nodes:
            try:
                self.recording.states[node] = describe(self.state(node))
            except (FarmError, ProblemError):
                self.recording.states[node] = UNKNOWN
        return self.recording

    def _new_recording(self, name: str) -> Recording:
        farm = str(self.lab.options) if self.lab else ", ".join(self.api.urls.values())
        return Recording(name, self.nodes, farm, time.monotonic())

    def _told(self, event: Event) -> None:
        if event.module in (None, self.module) and self.recording.ended is None:
            insort(self.recording.events, event, key=attrgetter("at"))

    def newest_fault_of(self, node: str) -> Fault:
        """The last thing that was done to a node."""
        found = [fault for fault in self.recording.faults if node in fault.nodes]
        if not found:
            raise FarmError(f"nothing was done to {node} in this test")
        return found[-1]

    def context(self, at: float, load: Load | None = None) -> str:
        """What was going on at a moment, and what the farm says of itself."""
        return diagnosis.context(self, at, load)

    @property
    def expect(self) -> Expectations:
        """What can be expected without a load."""
        return Expectations(self, None)

    # Load.

    def load(
        self,
        *,
        new_per_second: float = 100.0,
        held: int = 20,
        held_interval_s: float = 0.1,
        timeout_s: float = 5.0,
        **more: Any,  # noqa: ANN401 - further fields of LoadOptions
    ) -> Load:
        """A load on the virtual address, from where clients are; it runs inside of a `with`."""
        if self.address is None:
            raise FarmError("the farm's virtual address is not known: --farm-address")
        options = LoadOptions(
            address=self.address,
            port=self.port,
            sources=list(self.sources),
            new_per_second=new_per_second,
            held=held,
            held_interval_s=held_interval_s,
            timeout_s=timeout_s,
            **more,
        )
        prefix = self.lab.description["client"]["command"] if self.lab else ()
        return Load(self, options, prefix)

    # Where clients are.

    @property
    def workstation(self) -> Workstation:
        """Where clients are: the lab's, or this machine."""
        if self.lab is None:
            return Workstation()
        client = self.lab.description["client"]
        return Workstation(Namespace(client["namespace"]), client["command"])

    def addresses(self) -> dict[str, str]:
        """The nodes' own addresses on the first LAN, and the virtual one as `address`."""
        cluster = self.api.any(get_cluster.sync_detailed)
        known = {node.name: node.addresses[0].address for node in cluster.nodes}
        return known if self.address is None else known | {VIRTUAL: self.address}

    # Verbs of the lab.

    def cut(self, node: str) -> Fault:
        """Pulls the node's cable."""
        return self._inflict("cut", f"{node} cut off", node)

    def restore(self, node: str) -> Fault:
        """Plugs it in again."""
        return self._inflict("restore", f"{node} plugged in", node, loses=False)

    def one_way(self, node: str, cut: str) -> Fault:
        """Cuts one direction of the node's cable: `out`, what it sends, or `in`, what it hears."""
        what = "mute" if cut == "out" else "deaf"
        return self._inflict("one_way", f"{node} {what}", node, cut=cut)

    def lose(self, node: str, per_mille: int) -> Fault:
        """Loses so many of a thousand frames on the node's cable, in both directions; 0 ends it."""
        text = f"{node}: {per_mille / 10:g} % loss"
        return self._inflict("lose", text, node, loses=per_mille >= 1000, per_mille=per_mille)

    def slow(self, node: str, kbit_per_second: int) -> Fault:
        """Lets the node's cable carry so much at the most, in each direction; 0 ends it."""
        limit = f"at most {kbit_per_second:g} kbit/s" if kbit_per_second else "as fast as ever"
        text = f"{node}: {limit}"
        return self._inflict("slow", text, node, loses=False, kbit_per_second=kbit_per_second)

    def partition(self, *nodes: str) -> Fault:
        """Parts these nodes from the others; clients and API reach both sides."""
        others = [node for node in self.nodes if node not in nodes]
        text = f"{', '.join(nodes)} parted from {', '.join(others)}"
        return self._record("partition", nodes, text, (), self._order("partition", nodes=nodes))

    def join(self) -> Fault:
        """Joins what was parted."""
        return self._record("join", self.nodes, "joined again", (), self._order("join"))

    def silence(self, *nodes: str, talk: Sequence[str] = ("heartbeats",)) -> Fault:
        """Loses only what these nodes and others tell each other: `heartbeats`, `probes` or both.

        All nodes when none is named; nothing in `talk`: all of it passes again.
        """
        nodes = nodes or self.nodes
        began = [self._order("silence", node=node, talk=list(talk)) for node in nodes]
        what = f"{' and '.join(talk)} lost" if talk else "heard again"
        return self._record("silence", nodes, f"{', '.join(nodes)}: {what}", (), began[0])

    def kill(self, node: str) -> Fault:
        """`kill -9` of the node's daemon; its application goes on."""
        return self._inflict("kill", f"{node}: daemon killed", node)

    def terminate(self, node: str) -> Fault:
        """Ends the node's daemon in order, as a machine that shuts down does, and waits for it."""
        return self._inflict("terminate", f"{node} shut down", node)

    def start_daemon(self, node: str) -> Fault:
        """Starts the node's daemon again, then the module there."""
        fault = self._inflict("start_daemon", f"{node}: daemon started", node, loses=False)
        self.start(node)
        return fault

    def power_off(self, node: str) -> Fault:
        """Takes the node's power away."""
        return self._inflict("power_off", f"{node} without power", node)

    def power_on(self, node: str) -> Fault:
        """Gives it back, then starts the module there."""
        fault = self._inflict("power_on", f"{node} with power", node, loses=False)
        self.start(node)
        return fault

    def freeze(self, node: str) -> Fault:
        """SIGSTOP for the node's daemon."""
        return self._inflict("freeze", f"{node}: daemon frozen", node)

    def thaw(self, node: str) -> Fault:
        """SIGCONT."""
        return self._inflict("thaw", f"{node}: daemon goes on", node, loses=False)

    def _inflict(
        self, do: str, text: str, node: str, *, loses: bool = True, **fields: object
    ) -> Fault:
        began = self._order(do, node=node, **fields)
        return self._record(do, (node,), text, (node,) if loses else (), began)

    def _order(self, do: str, **fields: Any) -> float:  # noqa: ANN401
        if self.lab is None:
            raise NeedsLab(
                f"`{do}` needs a farm of the lab: a test cannot reach cables, power and daemons "
                "of an existing one; leave --farm-url out"
            )
        return self.lab.order(do, **fields)

    def _record(
        self, verb: str, nodes: Sequence[str], text: str, loses: tuple[str, ...], began: float
    ) -> Fault:
        fault = Fault(verb, tuple(nodes), began, text, loses)
        # What clears up after a test is no part of it.
        if self.recording.ended is None:
            self.recording.faults.append(fault)
        return fault

    # Verbs of the API.

    def start(self, *nodes: str) -> Fault:
        """Starts the module on these nodes, or on all."""
        return self._act("start", start_module.sync_detailed, nodes)

    def stop(self, *nodes: str) -> Fault:
        """Stops it there."""
        return self._act("stop", stop_module.sync_detailed, nodes)

    def restart(self, *nodes: str) -> Fault:
        """Restarts its application there."""
        return self._act("restart", restart_module.sync_detailed, nodes)

    def drain(self, *nodes: str) -> Fault:
        """Gives these nodes' shares to the others; their connections stay until they end."""
        if not nodes:
            raise FarmError("drain: name the nodes; somebody has to serve")
        return self._act("drain", drain_module.sync_detailed, nodes)

    def undrain(self, *nodes: str) -> Fault:
        """Gives them, or all, a share again."""
        return self._act("undrain", undrain_module.sync_detailed, nodes)

    def _act(self, verb: str, operation: Callable[..., Any], nodes: tuple[str, ...]) -> Fault:
        began, asked = time.monotonic(), nodes or self.nodes
        # Named nodes are asked themselves: others may hold connections that one lost by a fault.
        calls: list[tuple[Callable[..., NodeResults], tuple[str, ...], list[str]]] = [
            (self.api.at, (node,), [node]) for node in nodes
        ]
        refused: list[NodeResult] = []
        for ask, door, selected in calls or [(self.api.any, (), list(asked))]:
            results = ask(*door, operation, self.module, body=NodeSelection(nodes=selected))
            refused += [entry for entry in results.nodes if not entry.ok]
        if refused:
            why = "; ".join(f"{entry.node}: {_why(entry.problem)}" for entry in refused)
            raise FarmError(f"{verb} {self.module}: {why}")
        loses = tuple(asked) if verb == "stop" else ()
        return self._record(verb, asked, f"{', '.join(asked)}: {verb}", loses, began)

    # Verbs of daemons that were started with --permit-faults.

    def cut_lan(self, node: str, for_s: float, lan: str = "default", way: CutWay = "both") -> Fault:
        """Cuts the node's end of a LAN for a while: `both` ways, `in` or `out`."""
        text = f"{node}: {lan} cut for {for_s:g} s" + ("" if way == "both" else f", {way} only")
        request = CutRequest(lan=lan, way=way, duration_ms=round(for_s * 1000))
        return self._ask_for("cut_lan", text, node, cut_lan.sync_detailed, body=request)

    def freeze_for(self, node: str, for_s: float) -> Fault:
        """SIGSTOP for the node's daemon, and SIGCONT after a while."""
        request = FreezeRequest(duration_ms=round(for_s * 1000))
        text = f"{node}: daemon frozen for {for_s:g} s"
        return self._ask_for("freeze_for", text, node, freeze_daemon.sync_detailed, body=request)

    def kill_daemon(self, node: str) -> Fault:
        """SIGKILL for the node's daemon; what looks after it starts it again."""
        text = f"{node}: daemon killed"
        return self._ask_for("kill_daemon", text, node, kill_daemon.sync_detailed)

    def _ask_for(
        self, verb: str, text: str, node: str, operation: Callable[..., Any], **fields: object
    ) -> Fault:
        began = time.monotonic()
        self.api.at(node, operation, node, **fields)
        return self._record(verb, (node,), text, (node,), began)

    # States.

    def state(self, node: str) -> ModuleStatus:
        """The module's state on a node, as the node itself says it."""
        operation = get_module_on_node.sync_detailed
        return self.api.at(node, operation, node, self.module, timeout_s=ASK_S)

    def wait_for_state(
        self, phase: str, readiness: str, *nodes: str, within_s: float = WITHIN_S
    ) -> None:
        """Waits until the module is in this state on these nodes, or on all."""

        def missing() -> str | None:
            for node in nodes or self.nodes:
                status = self.state(node)
                if (status.phase, status.readiness) != (phase, readiness):
                    return f"{node} is {describe(status)}"
            return None

        self._until(missing, f"{phase} ({readiness})", within_s)

    def wait_drained(self, *nodes: str, within_s: float = WITHIN_S) -> None:
        """Waits until these nodes have no share and no connection any more."""

        def missing() -> str | None:
            for node in nodes:
                status = self.state(node)
                if status.drain != "drained":
                    held = sum(group.held for group in status.groups)
                    return f"{node} is {status.drain or 'not drained'}, {held} connections left"
            return None

        self._until(missing, f"the end of the drain of {', '.join(nodes)}", within_s)

    def wait_settled(self, *nodes: str, within_s: float = WITHIN_S) -> None:
        """Waits until these nodes, or all, are members of one view and each bucket is open once."""
        wanted = sorted(nodes or self.nodes)
        self._until(
            lambda: _unsettled([self.state(node) for node in wanted], wanted), "rest", within_s
        )

    def heal(self, within_s: float = WITHIN_S) -> None:
        """Undoes every fault, starts the module where it does not run, and waits for rest."""
        if self.lab is not None:
            began = self._order("heal")
            self._record("heal", self.nodes, "all faults undone", (), began)
        stopped = [node for node in self.nodes if self.state(node).phase == "STOP"]
        if stopped:
            self.start(*stopped)
        drained = [node for node in self.nodes if self.state(node).drain]
        if drained:
            self.undrain(*drained)
        self.wait_settled(within_s=within_s)

    def _until(self, missing: Callable[[], str | None], what: str, within_s: float) -> None:
        deadline = time.monotonic() + within_s
        while True:
            try:
                lacks = missing()
            except (FarmError, ProblemError) as error:
                lacks = str(error)
            if lacks is None:
                return
            if time.monotonic() > deadline:
                context = self.context(time.monotonic())
                raise FarmError(f"waited {within_s:g} s for {what}: {lacks}\n{context}")
            time.sleep(POLL_S)


def describe(status: ModuleStatus) -> str:
    """A state as people write it."""
    return f"{status.phase} ({status.readiness})"


def _why(problem: Any) -> str:  # noqa: ANN401 - a Problem, or nothing
    return getattr(problem, "detail", None) or "no reason given"


def _unsettled(states: list[ModuleStatus], wanted: list[str]) -> str | None:
    """What keeps these nodes from being at rest."""
    for status in states:
        if (status.phase, status.readiness) != ("UP", "Ready"):
            return f"{status.node} is {describe(status)}"
        if sorted(status.members) != wanted:
            return f"the members as {status.node} sees them: {', '.join(status.members)}"
    epochs = {status.epoch for status in states}
    if len(epochs) > 1:
        return f"epochs {epochs} are in force"
    for number, group in enumerate(states[0].groups):
        buckets = sum(status.groups[number].open_ for status in states)
        if buckets != BUCKETS:
            return f"{buckets} of {BUCKETS} buckets of {group.name} are open"
    return None
