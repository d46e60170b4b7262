from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_share import NodeShare


T = TypeVar("T", bound="GroupShares")


@_attrs_define
class GroupShares:
    """How a group's traffic is shared: as configured, and as measured.

    Example:
        {'flows_opened': 2010, 'missing': ['node3'], 'name': 'web', 'nodes': [{'buckets': 1366, 'flows_opened': 1000,
            'measured_percent': 49.75, 'node': 'node1', 'percent': 33.35, 'power': 1}, {'buckets': 1365, 'flows_opened':
            1010, 'measured_percent': 50.25, 'node': 'node2', 'percent': 33.33, 'power': 1}, {'buckets': 1365, 'node':
            'node3', 'percent': 33.33, 'power': 1}]}

    Attributes:
        flows_opened (int): Flows opened on all nodes that are counted, on each since it opened its traffic.
        missing (list[str]): The nodes whose flows are not counted, because their state could not be had; `nodes` of the
            module says why.
        name (str): Its name.
        nodes (list[NodeShare]): The share of each node of the cluster, in its order.
    """

    flows_opened: int
    missing: list[str]
    name: str
    nodes: list[NodeShare]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        flows_opened = self.flows_opened

        missing = self.missing

        name = self.name

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "flows_opened": flows_opened,
                "missing": missing,
                "name": name,
                "nodes": nodes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_share import NodeShare

        d = dict(src_dict)
        flows_opened = d.pop("flows_opened")

        missing = cast(list[str], d.pop("missing"))

        name = d.pop("name")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeShare.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        group_shares = cls(
            flows_opened=flows_opened,
            missing=missing,
            name=name,
            nodes=nodes,
        )

        group_shares.additional_properties = d
        return group_shares

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
