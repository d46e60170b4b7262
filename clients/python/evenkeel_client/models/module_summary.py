from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_on_node import ModuleOnNode


T = TypeVar("T", bound="ModuleSummary")


@_attrs_define
class ModuleSummary:
    """A module on all nodes that answered.

    Example:
        {'consistent': True, 'module': 'web', 'nodes': [{'applied_at': '2026-11-23T02:00:00.123Z', 'node': 'node1',
            'phase': 'UP', 'readiness': 'Ready', 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}]}

    Attributes:
        consistent (bool): Whether every node of the cluster answered and has the same revision and signature.
        module (str): The module.
        nodes (list[ModuleOnNode]): The nodes that have it.
    """

    consistent: bool
    module: str
    nodes: list[ModuleOnNode]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        consistent = self.consistent

        module = self.module

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "consistent": consistent,
                "module": module,
                "nodes": nodes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_on_node import ModuleOnNode

        d = dict(src_dict)
        consistent = d.pop("consistent")

        module = d.pop("module")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = ModuleOnNode.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        module_summary = cls(
            consistent=consistent,
            module=module,
            nodes=nodes,
        )

        module_summary.additional_properties = d
        return module_summary

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
