from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.lan_address import LanAddress


T = TypeVar("T", bound="NewLan")


@_attrs_define
class NewLan:
    """A LAN that is to come.

    Example:
        {'addresses': [{'address': '198.51.100.1', 'node': 'node1'}, {'address': '198.51.100.2', 'node': 'node2'}],
            'name': 'backup'}

    Attributes:
        addresses (list[LanAddress]): The address on it of each node that is on it: two at the least.
        name (str): Its name, which no other LAN has.
    """

    addresses: list[LanAddress]
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
        from ..models.lan_address import LanAddress

        d = dict(src_dict)
        addresses = []
        _addresses = d.pop("addresses")
        for addresses_item_data in _addresses:
            addresses_item = LanAddress.from_dict(addresses_item_data)

            addresses.append(addresses_item)

        name = d.pop("name")

        new_lan = cls(
            addresses=addresses,
            name=name,
        )

        return new_lan
