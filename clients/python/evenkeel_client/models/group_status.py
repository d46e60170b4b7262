from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.node_power import NodePower
    from ..models.share import Share


T = TypeVar("T", bound="GroupStatus")


@_attrs_define
class GroupStatus:
    """Who has which part of a group's traffic, as seen from one node.

    Example:
        {'flows_opened': 1000, 'held': 0, 'migrating': 0, 'name': 'http', 'nodes': [{'buckets': 2048, 'node': 'node1',
            'percent': 50.0}, {'buckets': 2048, 'node': 'node2', 'percent': 50.0}], 'open': 2048, 'powers': [{'node':
            'node1', 'power': 1}, {'node': 'node2', 'power': 1}]}

    Attributes:
        flows_opened (int): Flows opened here since this node opened its traffic; zero while it is closed.
        held (int): Connections that this node holds in buckets of others.
        migrating (int): This node's buckets of which a previous owner may still hold connections.
        name (str): Its name.
        nodes (list[Share]): The share of each member.
        open_ (int): This node's buckets whose flows it may open.
        powers (list[NodePower]): The power of each node as configured, members or not.
        withdrawn_by (list[str] | Unset): The failover rules that take this node out of the group (`withdraw`), as long
            as they apply; absent where
            none does. What no other node would take it serves all the same.
    """

    flows_opened: int
    held: int
    migrating: int
    name: str
    nodes: list[Share]
    open_: int
    powers: list[NodePower]
    withdrawn_by: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        flows_opened = self.flows_opened

        held = self.held

        migrating = self.migrating

        name = self.name

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        open_ = self.open_

        powers = []
        for powers_item_data in self.powers:
            powers_item = powers_item_data.to_dict()
            powers.append(powers_item)

        withdrawn_by: list[str] | Unset = UNSET
        if not isinstance(self.withdrawn_by, Unset):
            withdrawn_by = self.withdrawn_by

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "flows_opened": flows_opened,
                "held": held,
                "migrating": migrating,
                "name": name,
                "nodes": nodes,
                "open": open_,
                "powers": powers,
            }
        )
        if withdrawn_by is not UNSET:
            field_dict["withdrawn_by"] = withdrawn_by

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_power import NodePower
        from ..models.share import Share

        d = dict(src_dict)
        flows_opened = d.pop("flows_opened")

        held = d.pop("held")

        migrating = d.pop("migrating")

        name = d.pop("name")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = Share.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        open_ = d.pop("open")

        powers = []
        _powers = d.pop("powers")
        for powers_item_data in _powers:
            powers_item = NodePower.from_dict(powers_item_data)

            powers.append(powers_item)

        withdrawn_by = cast(list[str], d.pop("withdrawn_by", UNSET))

        group_status = cls(
            flows_opened=flows_opened,
            held=held,
            migrating=migrating,
            name=name,
            nodes=nodes,
            open_=open_,
            powers=powers,
            withdrawn_by=withdrawn_by,
        )

        group_status.additional_properties = d
        return group_status

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
