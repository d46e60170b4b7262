from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.group_shares import GroupShares
    from ..models.module_entry import ModuleEntry


T = TypeVar("T", bound="Module")


@_attrs_define
class Module:
    """A module's state on all nodes.

    Example:
        {'groups': [], 'module': 'web', 'nodes': [{'node': 'node2', 'problem': {'detail': 'node2: connection refused',
            'status': 502, 'title': 'The node cannot be reached', 'type': '/problems/node-unreachable'}}]}

    Attributes:
        groups (list[GroupShares]): How the traffic is shared among the nodes, one per group in the order of the
            configuration;
            empty for a module without traffic.
        module (str): The module.
        nodes (list[ModuleEntry]): In the order of the cluster.
    """

    groups: list[GroupShares]
    module: str
    nodes: list[ModuleEntry]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        groups = []
        for groups_item_data in self.groups:
            groups_item = groups_item_data.to_dict()
            groups.append(groups_item)

        module = self.module

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "groups": groups,
                "module": module,
                "nodes": nodes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.group_shares import GroupShares
        from ..models.module_entry import ModuleEntry

        d = dict(src_dict)
        groups = []
        _groups = d.pop("groups")
        for groups_item_data in _groups:
            groups_item = GroupShares.from_dict(groups_item_data)

            groups.append(groups_item)

        module = d.pop("module")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = ModuleEntry.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        module = cls(
            groups=groups,
            module=module,
            nodes=nodes,
        )

        module.additional_properties = d
        return module

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
