from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.drain import Drain, check_drain
from ..models.phase import Phase, check_phase
from ..models.readiness import Readiness, check_readiness
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.automatic_actions import AutomaticActions
    from ..models.backend import Backend
    from ..models.group_status import GroupStatus
    from ..models.module_boot import ModuleBoot
    from ..models.module_checks import ModuleChecks
    from ..models.module_interface import ModuleInterface
    from ..models.module_status_counters import ModuleStatusCounters
    from ..models.replays import Replays


T = TypeVar("T", bound="ModuleStatus")


@_attrs_define
class ModuleStatus:
    """A module on one node.

    Example:
        {'automatic_actions': {'count': 0, 'interval_s': 86400, 'max': 3}, 'backend': {'hook': 'tcx', 'name': 'ebpf',
            'why': 'the kernel has TCX'}, 'boot': {'enabled': True, 'pending': False, 'setting': 'ignore',
            'starts_at_next_boot': True}, 'checks': {'checkers': True, 'classes': {}, 'processes': True}, 'counters':
            {'accept_mine': 1234, 'forward_owner': 1198}, 'entry': 'node1', 'epoch': '7.0', 'generation': 42, 'groups':
            [{'flows_opened': 1000, 'held': 0, 'migrating': 0, 'name': 'http', 'nodes': [{'buckets': 2048, 'node': 'node1',
            'percent': 50.0}, {'buckets': 2048, 'node': 'node2', 'percent': 50.0}], 'open': 2048, 'powers': [{'node':
            'node1', 'power': 1}, {'node': 'node2', 'power': 1}]}], 'interfaces': [{'answers': 'everybody', 'entry_mode':
            'vmac_directed', 'mac': '02:00:00:00:00:01', 'name': 'eth0', 'virtual_addresses': ['192.0.2.100']}], 'members':
            ['node1', 'node2'], 'module': 'web', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready', 'replays':
            {'answered': 2, 'crowded_out': 0, 'failed': 0, 'handed_on': 0, 'kept': 411, 'repeated': 1, 'taken_in': 31},
            'revision': 3, 'signature': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}

    Attributes:
        automatic_actions (AutomaticActions): The automatic actions of a module, which `maxloop` limits. Example:
            {'count': 1, 'interval_s': 86400, 'max': 3}.
        backend (Backend): What puts decisions in force where packets pass. Example: {'hook': 'tcx', 'name': 'ebpf',
            'why': 'the kernel has TCX'}.
        boot (ModuleBoot): Whether a module starts with the machine of a node. Example: {'enabled': True, 'pending':
            False, 'setting': 'ignore', 'starts_at_next_boot': True}.
        checks (ModuleChecks): Which checks of a module are switched on on a node. Example: {'checkers': True,
            'classes': {'night': False}, 'processes': True}.
        counters (ModuleStatusCounters): Packets since the traffic was opened, by verdict and reason; empty while it is
            closed.

            * `accept_opens`: It opens a flow in a bucket of this node.
            * `accept_mine`: It continues a flow in a settled bucket of this node.
            * `accept_socket`: A local socket holds its flow, in a bucket that is coming or going.
            * `accept_echo`: An echo request (ping) in a bucket of this node.
            * `accept_error`: An ICMP error about a flow of this node.
            * `accept_fragment`: A later part of a datagram whose first part this node took.
            * `accept_malformed`: Cut short or contradicting itself, in a bucket of this node, whose stack ends it.
            * `forward_owner`: Sent on to the bucket's owner.
            * `forward_previous`: It continues a flow that nobody holds here: sent on to the bucket's previous owner.
            * `forward_fragment`: A later part of a datagram, sent on after its first part.
            * `answer_arp`: An ARP request for a virtual address, answered with the agreed MAC.
            * `answer_solicitation`: A neighbour solicitation for a virtual address, answered with the agreed MAC.
            * `drop_foreign`: Another node's, which sees the packet itself.
            * `drop_migrating`: It continues a flow that nobody holds here; the previous owner sees the packet itself.
            * `drop_closed`: Of a bucket that will be this node's, but may not be opened yet.
            * `drop_from_peer`: Another node's, and a peer sent it on already.
            * `drop_lease`: To be accepted or answered, but the daemon holds no valid lease.
            * `drop_no_route`: To be sent on, but the receiver's MAC address is unknown.
            * `drop_no_rule`: To a virtual address, and no rule names it.
            * `drop_fragment`: A later part of a datagram whose first part was dropped, or not seen lately.
            * `drop_malformed`: The first part of a datagram, without the header that decides.
            * `drop_other_mac`: To a virtual address, but on the link to somebody else: a switch flooded it.
            * `drop_other_interface`: To a virtual address of another interface.
            * `drop_not_entry`: An ARP request or neighbour solicitation for a virtual address that another node answers.
            * `drop_claim`: An ARP message or one of neighbour discovery that says where a virtual address is.
            * `drop_seat_belt`: On its way out: such a message that binds a virtual address to another than the agreed MAC.
            * `drop_late_answer`: On its way out: the answer to a SYN, repeated when another node may have the bucket.
            * `drop_fence`: The daemon is gone or not ready: the fence drops all traffic to the virtual addresses.
            * `drop_no_table`: The tables contradict each other; never seen in a sound installation.
        generation (int): The node's status generation.
        groups (list[GroupStatus]): One per group, in the order of the configuration.
        interfaces (list[ModuleInterface]): Its network interfaces, in the order of the configuration.
        members (list[str]): Names of the view's members.
        module (str): The module.
        node (str): The node's name.
        phase (Phase): Where a module is on its way.
        readiness (Readiness): How settled a phase is.
        revision (int): The revision of its configuration.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
        drain (Drain | None | Unset):
        entry (None | str | Unset): The node to which the virtual IP resolves, or that answers ARP for it.
        epoch (None | str | Unset): The version of the view and the tables in force: a counter, then the node number of
            the
            leader. Absent without a view.
        reason (None | str | Unset): Why it is not UP (Ready), where something failed.
        replays (None | Replays | Unset):
        rule (None | str | Unset): The failover rule whose action is being carried out; one that says wait, as long as
            it does.
    """

    automatic_actions: AutomaticActions
    backend: Backend
    boot: ModuleBoot
    checks: ModuleChecks
    counters: ModuleStatusCounters
    generation: int
    groups: list[GroupStatus]
    interfaces: list[ModuleInterface]
    members: list[str]
    module: str
    node: str
    phase: Phase
    readiness: Readiness
    revision: int
    signature: str
    drain: Drain | None | Unset = UNSET
    entry: None | str | Unset = UNSET
    epoch: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET
    replays: None | Replays | Unset = UNSET
    rule: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.replays import Replays

        automatic_actions = self.automatic_actions.to_dict()

        backend = self.backend.to_dict()

        boot = self.boot.to_dict()

        checks = self.checks.to_dict()

        counters = self.counters.to_dict()

        generation = self.generation

        groups = []
        for groups_item_data in self.groups:
            groups_item = groups_item_data.to_dict()
            groups.append(groups_item)

        interfaces = []
        for interfaces_item_data in self.interfaces:
            interfaces_item = interfaces_item_data.to_dict()
            interfaces.append(interfaces_item)

        members = self.members

        module = self.module

        node = self.node

        phase: str = self.phase

        readiness: str = self.readiness

        revision = self.revision

        signature = self.signature

        drain: None | str | Unset
        if isinstance(self.drain, Unset):
            drain = UNSET
        elif isinstance(self.drain, str):
            drain = self.drain
        else:
            drain = self.drain

        entry: None | str | Unset
        if isinstance(self.entry, Unset):
            entry = UNSET
        else:
            entry = self.entry

        epoch: None | str | Unset
        if isinstance(self.epoch, Unset):
            epoch = UNSET
        else:
            epoch = self.epoch

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        replays: dict[str, Any] | None | Unset
        if isinstance(self.replays, Unset):
            replays = UNSET
        elif isinstance(self.replays, Replays):
            replays = self.replays.to_dict()
        else:
            replays = self.replays

        rule: None | str | Unset
        if isinstance(self.rule, Unset):
            rule = UNSET
        else:
            rule = self.rule

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "automatic_actions": automatic_actions,
                "backend": backend,
                "boot": boot,
                "checks": checks,
                "counters": counters,
                "generation": generation,
                "groups": groups,
                "interfaces": interfaces,
                "members": members,
                "module": module,
                "node": node,
                "phase": phase,
                "readiness": readiness,
                "revision": revision,
                "signature": signature,
            }
        )
        if drain is not UNSET:
            field_dict["drain"] = drain
        if entry is not UNSET:
            field_dict["entry"] = entry
        if epoch is not UNSET:
            field_dict["epoch"] = epoch
        if reason is not UNSET:
            field_dict["reason"] = reason
        if replays is not UNSET:
            field_dict["replays"] = replays
        if rule is not UNSET:
            field_dict["rule"] = rule

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.automatic_actions import AutomaticActions
        from ..models.backend import Backend
        from ..models.group_status import GroupStatus
        from ..models.module_boot import ModuleBoot
        from ..models.module_checks import ModuleChecks
        from ..models.module_interface import ModuleInterface
        from ..models.module_status_counters import ModuleStatusCounters
        from ..models.replays import Replays

        d = dict(src_dict)
        automatic_actions = AutomaticActions.from_dict(d.pop("automatic_actions"))

        backend = Backend.from_dict(d.pop("backend"))

        boot = ModuleBoot.from_dict(d.pop("boot"))

        checks = ModuleChecks.from_dict(d.pop("checks"))

        counters = ModuleStatusCounters.from_dict(d.pop("counters"))

        generation = d.pop("generation")

        groups = []
        _groups = d.pop("groups")
        for groups_item_data in _groups:
            groups_item = GroupStatus.from_dict(groups_item_data)

            groups.append(groups_item)

        interfaces = []
        _interfaces = d.pop("interfaces")
        for interfaces_item_data in _interfaces:
            interfaces_item = ModuleInterface.from_dict(interfaces_item_data)

            interfaces.append(interfaces_item)

        members = cast(list[str], d.pop("members"))

        module = d.pop("module")

        node = d.pop("node")

        phase = check_phase(d.pop("phase"))

        readiness = check_readiness(d.pop("readiness"))

        revision = d.pop("revision")

        signature = d.pop("signature")

        def _parse_drain(data: object) -> Drain | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                drain_type_0 = check_drain(data)

                return drain_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Drain | None | Unset, data)

        drain = _parse_drain(d.pop("drain", UNSET))

        def _parse_entry(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        entry = _parse_entry(d.pop("entry", UNSET))

        def _parse_epoch(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        epoch = _parse_epoch(d.pop("epoch", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_replays(data: object) -> None | Replays | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                replays_type_0 = Replays.from_dict(data)

                return replays_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Replays | Unset, data)

        replays = _parse_replays(d.pop("replays", UNSET))

        def _parse_rule(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rule = _parse_rule(d.pop("rule", UNSET))

        module_status = cls(
            automatic_actions=automatic_actions,
            backend=backend,
            boot=boot,
            checks=checks,
            counters=counters,
            generation=generation,
            groups=groups,
            interfaces=interfaces,
            members=members,
            module=module,
            node=node,
            phase=phase,
            readiness=readiness,
            revision=revision,
            signature=signature,
            drain=drain,
            entry=entry,
            epoch=epoch,
            reason=reason,
            replays=replays,
            rule=rule,
        )

        module_status.additional_properties = d
        return module_status

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
