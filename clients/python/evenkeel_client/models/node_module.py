from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_on_node import ModuleOnNode


T = TypeVar("T", bound="NodeModule")


@_attrs_define
class NodeModule:
    """A module of one node.

    Example:
        {'module': 'web', 'on': {'applied_at': '2026-11-23T02:00:00.123Z', 'node': 'node1', 'phase': 'UP', 'readiness':
            'Ready', 'revision': 3, 'signature': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}}

    Attributes:
        module (str): The module.
        on (ModuleOnNode): A module's state and revision on one node. Example: {'applied_at':
            '2026-11-23T02:00:00.123Z', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready', 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}.
    """

    module: str
    on: ModuleOnNode
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        module = self.module

        on = self.on.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "module": module,
                "on": on,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_on_node import ModuleOnNode

        d = dict(src_dict)
        module = d.pop("module")

        on = ModuleOnNode.from_dict(d.pop("on"))

        node_module = cls(
            module=module,
            on=on,
        )

        node_module.additional_properties = d
        return node_module

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
