from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_module import NodeModule
    from ..models.removed_module import RemovedModule


T = TypeVar("T", bound="NodeModuleList")


@_attrs_define
class NodeModuleList:
    """The modules of one node.

    Example:
        {'modules': [{'module': 'web', 'on': {'applied_at': '2026-11-23T02:00:00.123Z', 'node': 'node1', 'phase': 'UP',
            'readiness': 'Ready', 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}}], 'removed': [{'module': 'old', 'revision':
            4}]}

    Attributes:
        modules (list[NodeModule]): By name.
        removed (list[RemovedModule]): Those that were removed: a node that was away for it removes them, too.
    """

    modules: list[NodeModule]
    removed: list[RemovedModule]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        modules = []
        for modules_item_data in self.modules:
            modules_item = modules_item_data.to_dict()
            modules.append(modules_item)

        removed = []
        for removed_item_data in self.removed:
            removed_item = removed_item_data.to_dict()
            removed.append(removed_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "modules": modules,
                "removed": removed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_module import NodeModule
        from ..models.removed_module import RemovedModule

        d = dict(src_dict)
        modules = []
        _modules = d.pop("modules")
        for modules_item_data in _modules:
            modules_item = NodeModule.from_dict(modules_item_data)

            modules.append(modules_item)

        removed = []
        _removed = d.pop("removed")
        for removed_item_data in _removed:
            removed_item = RemovedModule.from_dict(removed_item_data)

            removed.append(removed_item)

        node_module_list = cls(
            modules=modules,
            removed=removed,
        )

        node_module_list.additional_properties = d
        return node_module_list

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
