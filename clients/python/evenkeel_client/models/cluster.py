from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cluster_node import ClusterNode
    from ..models.lan import Lan


T = TypeVar("T", bound="Cluster")


@_attrs_define
class Cluster:
    """The cluster as the answering node sees it.

    Example:
        {'answered_by': 'node1', 'heartbeat_port': 4800, 'lans': [{'name': 'default', 'nodes': [{'address': '192.0.2.1',
            'node': 'node1'}]}], 'nodes': [{'addresses': [{'address': '192.0.2.1', 'lan': 'default'}], 'alive': True, 'id':
            0, 'name': 'node1'}], 'revision': 0}

    Attributes:
        answered_by (str): The node that answers.
        heartbeat_port (int): UDP port of the heartbeats.
        lans (list[Lan]): The networks on which the nodes hear each other.
        nodes (list[ClusterNode]): In the order of their numbers.
        revision (int): How often nodes came and went since the cluster began.
    """

    answered_by: str
    heartbeat_port: int
    lans: list[Lan]
    nodes: list[ClusterNode]
    revision: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answered_by = self.answered_by

        heartbeat_port = self.heartbeat_port

        lans = []
        for lans_item_data in self.lans:
            lans_item = lans_item_data.to_dict()
            lans.append(lans_item)

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        revision = self.revision

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answered_by": answered_by,
                "heartbeat_port": heartbeat_port,
                "lans": lans,
                "nodes": nodes,
                "revision": revision,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster_node import ClusterNode
        from ..models.lan import Lan

        d = dict(src_dict)
        answered_by = d.pop("answered_by")

        heartbeat_port = d.pop("heartbeat_port")

        lans = []
        _lans = d.pop("lans")
        for lans_item_data in _lans:
            lans_item = Lan.from_dict(lans_item_data)

            lans.append(lans_item)

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = ClusterNode.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        revision = d.pop("revision")

        cluster = cls(
            answered_by=answered_by,
            heartbeat_port=heartbeat_port,
            lans=lans,
            nodes=nodes,
            revision=revision,
        )

        cluster.additional_properties = d
        return cluster

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
