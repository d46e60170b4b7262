from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.gone_node import GoneNode


T = TypeVar("T", bound="RemoveNode")


@_attrs_define
class RemoveNode:
    """A node goes.

    Attributes:
        remove (GoneNode): A node that is to go. Example: {'also': ['node5'], 'lost': True, 'node': 'node4'}.
    """

    remove: GoneNode
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        remove = self.remove.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "remove": remove,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.gone_node import GoneNode

        d = dict(src_dict)
        remove = GoneNode.from_dict(d.pop("remove"))

        remove_node = cls(
            remove=remove,
        )

        remove_node.additional_properties = d
        return remove_node

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
