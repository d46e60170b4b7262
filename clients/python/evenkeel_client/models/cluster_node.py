from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_address import NodeAddress


T = TypeVar("T", bound="ClusterNode")


@_attrs_define
class ClusterNode:
    """A node of the cluster.

    Example:
        {'addresses': [{'address': '192.0.2.1', 'lan': 'default'}], 'alive': True, 'id': 0, 'name': 'node1'}

    Attributes:
        addresses (list[NodeAddress]): Its addresses.
        alive (bool): Whether the answering node hears it; itself always.
        id (int): Its number, 0 to 63.
        name (str): Its name.
    """

    addresses: list[NodeAddress]
    alive: bool
    id: int
    name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        addresses = []
        for addresses_item_data in self.addresses:
            addresses_item = addresses_item_data.to_dict()
            addresses.append(addresses_item)

        alive = self.alive

        id = self.id

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "addresses": addresses,
                "alive": alive,
                "id": id,
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

        alive = d.pop("alive")

        id = d.pop("id")

        name = d.pop("name")

        cluster_node = cls(
            addresses=addresses,
            alive=alive,
            id=id,
            name=name,
        )

        cluster_node.additional_properties = d
        return cluster_node

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
