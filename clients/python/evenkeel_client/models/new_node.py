from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.node_address import NodeAddress


T = TypeVar("T", bound="NewNode")


@_attrs_define
class NewNode:
    """A node that is to come.

    Example:
        {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name': 'node4'}

    Attributes:
        addresses (list[NodeAddress]): Its address on each LAN that it is on; there is a LAN that has all nodes.
        name (str): Its name, which no other node has.
    """

    addresses: list[NodeAddress]
    name: str

    def to_dict(self) -> dict[str, Any]:
        addresses = []
        for addresses_item_data in self.addresses:
            addresses_item = addresses_item_data.to_dict()
            addresses.append(addresses_item)

        name = self.name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "addresses": addresses,
                "name": name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_address import NodeAddress

        d = dict(src_dict)
        addresses = []
        _addresses = d.pop("addresses")
        for addresses_item_data in _addresses:
            addresses_item = NodeAddress.from_dict(addresses_item_data)

            addresses.append(addresses_item)

        name = d.pop("name")

        new_node = cls(
            addresses=addresses,
            name=name,
        )

        return new_node
