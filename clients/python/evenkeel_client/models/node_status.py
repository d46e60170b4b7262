from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.backend import Backend
    from ..models.detector import Detector
    from ..models.module_phase import ModulePhase
    from ..models.peer import Peer
    from ..models.refused import Refused


T = TypeVar("T", bound="NodeStatus")


@_attrs_define
class NodeStatus:
    """What a node says of itself.

    Example:
        {'backend': {'hook': 'tcx', 'name': 'ebpf', 'why': 'the kernel has TCX'}, 'detector': {'kernel_answers': True,
            'late_last_us': 80, 'late_max_us': 900, 'probed': {'answered': 24000, 'foreign': 0, 'forged': 0, 'malformed': 0,
            'replayed': 0}, 'scheduling': 'fifo', 'why': 'the process has CAP_SYS_NICE'}, 'generation': 42, 'id': 0,
            'incarnation': 4, 'modules': [{'module': 'web', 'phase': 'UP', 'readiness': 'Ready'}], 'name': 'node1', 'peers':
            [{'alive': True, 'id': 1, 'lans': [{'answered': 11998, 'asked': 12000, 'lan': 'default', 'last_heard_ms': 4,
            'reached': True, 'round_trip_us': 5100}], 'last_heard_ms': 12, 'name': 'node2', 'round_trip_us': 310}],
            'refused': {'foreign': 0, 'forged': 0, 'malformed': 0, 'replayed': 0}, 'version': '0.1.0'}

    Attributes:
        backend (Backend): What puts decisions in force where packets pass. Example: {'hook': 'tcx', 'name': 'ebpf',
            'why': 'the kernel has TCX'}.
        detector (Detector): How well a node can tell who is alive, and be told alive by others. Example:
            {'kernel_answers': True, 'late_last_us': 80, 'late_max_us': 900, 'probed': {'answered': 24000, 'foreign': 0,
            'forged': 0, 'malformed': 0, 'replayed': 0}, 'scheduling': 'fifo', 'why': 'the process has CAP_SYS_NICE'}.
        generation (int): Grows with every change of the state.
        id (int): Its number, 0 to 63.
        incarnation (int): Grows by one with each start of the daemon; where the node joined or was restored it began
            beyond the starts of
            any machine that it may have replaced.
        modules (list[ModulePhase]): The configured modules, by name.
        name (str): Its name.
        peers (list[Peer]): The other nodes as this one hears them.
        refused (Refused): Heartbeats that changed nothing, by reason. Example: {'foreign': 0, 'forged': 0, 'malformed':
            0, 'replayed': 0}.
        version (str): The daemon's version.
    """

    backend: Backend
    detector: Detector
    generation: int
    id: int
    incarnation: int
    modules: list[ModulePhase]
    name: str
    peers: list[Peer]
    refused: Refused
    version: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        backend = self.backend.to_dict()

        detector = self.detector.to_dict()

        generation = self.generation

        id = self.id

        incarnation = self.incarnation

        modules = []
        for modules_item_data in self.modules:
            modules_item = modules_item_data.to_dict()
            modules.append(modules_item)

        name = self.name

        peers = []
        for peers_item_data in self.peers:
            peers_item = peers_item_data.to_dict()
            peers.append(peers_item)

        refused = self.refused.to_dict()

        version = self.version

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "backend": backend,
                "detector": detector,
                "generation": generation,
                "id": id,
                "incarnation": incarnation,
                "modules": modules,
                "name": name,
                "peers": peers,
                "refused": refused,
                "version": version,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.backend import Backend
        from ..models.detector import Detector
        from ..models.module_phase import ModulePhase
        from ..models.peer import Peer
        from ..models.refused import Refused

        d = dict(src_dict)
        backend = Backend.from_dict(d.pop("backend"))

        detector = Detector.from_dict(d.pop("detector"))

        generation = d.pop("generation")

        id = d.pop("id")

        incarnation = d.pop("incarnation")

        modules = []
        _modules = d.pop("modules")
        for modules_item_data in _modules:
            modules_item = ModulePhase.from_dict(modules_item_data)

            modules.append(modules_item)

        name = d.pop("name")

        peers = []
        _peers = d.pop("peers")
        for peers_item_data in _peers:
            peers_item = Peer.from_dict(peers_item_data)

            peers.append(peers_item)

        refused = Refused.from_dict(d.pop("refused"))

        version = d.pop("version")

        node_status = cls(
            backend=backend,
            detector=detector,
            generation=generation,
            id=id,
            incarnation=incarnation,
            modules=modules,
            name=name,
            peers=peers,
            refused=refused,
            version=version,
        )

        node_status.additional_properties = d
        return node_status

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
