from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="LanAddress")


@_attrs_define
class LanAddress:
    """A node's address on a LAN.

    Example:
        {'address': '198.51.100.1', 'node': 'node1'}

    Attributes:
        address (str): Its IPv4 or IPv6 address.
        node (str): The node.
    """

    address: str
    node: str

    def to_dict(self) -> dict[str, Any]:
        address = self.address

        node = self.node

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "address": address,
                "node": node,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        address = d.pop("address")

        node = d.pop("node")

        lan_address = cls(
            address=address,
            node=node,
        )

        return lan_address
