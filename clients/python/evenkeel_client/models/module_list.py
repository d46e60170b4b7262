from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_summary import ModuleSummary
    from ..models.unreachable_node import UnreachableNode


T = TypeVar("T", bound="ModuleList")


@_attrs_define
class ModuleList:
    """The modules of the cluster.

    Example:
        {'modules': [{'consistent': True, 'module': 'web', 'nodes': [{'applied_at': '2026-11-23T02:00:00.123Z', 'node':
            'node1', 'phase': 'UP', 'readiness': 'Ready', 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}]}], 'unreachable': []}

    Attributes:
        modules (list[ModuleSummary]): By name.
        unreachable (list[UnreachableNode]): The nodes that did not answer.
    """

    modules: list[ModuleSummary]
    unreachable: list[UnreachableNode]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        modules = []
        for modules_item_data in self.modules:
            modules_item = modules_item_data.to_dict()
            modules.append(modules_item)

        unreachable = []
        for unreachable_item_data in self.unreachable:
            unreachable_item = unreachable_item_data.to_dict()
            unreachable.append(unreachable_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "modules": modules,
                "unreachable": unreachable,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_summary import ModuleSummary
        from ..models.unreachable_node import UnreachableNode

        d = dict(src_dict)
        modules = []
        _modules = d.pop("modules")
        for modules_item_data in _modules:
            modules_item = ModuleSummary.from_dict(modules_item_data)

            modules.append(modules_item)

        unreachable = []
        _unreachable = d.pop("unreachable")
        for unreachable_item_data in _unreachable:
            unreachable_item = UnreachableNode.from_dict(unreachable_item_data)

            unreachable.append(unreachable_item)

        module_list = cls(
            modules=modules,
            unreachable=unreachable,
        )

        module_list.additional_properties = d
        return module_list

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
