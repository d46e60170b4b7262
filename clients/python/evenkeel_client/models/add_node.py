from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.new_node import NewNode


T = TypeVar("T", bound="AddNode")


@_attrs_define
class AddNode:
    """A node comes.

    Attributes:
        add (NewNode): A node that is to come. Example: {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}],
            'name': 'node4'}.
    """

    add: NewNode
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        add = self.add.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "add": add,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.new_node import NewNode

        d = dict(src_dict)
        add = NewNode.from_dict(d.pop("add"))

        add_node = cls(
            add=add,
        )

        add_node.additional_properties = d
        return add_node

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
