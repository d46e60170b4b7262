from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="GoneNode")


@_attrs_define
class GoneNode:
    """A node that is to go.

    Example:
        {'lost': False, 'node': 'node4'}

    Attributes:
        node (str): Its name.
        lost (bool | Unset): Whether its machine is off for good and is not asked.
    """

    node: str
    lost: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        node = self.node

        lost = self.lost

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "node": node,
            }
        )
        if lost is not UNSET:
            field_dict["lost"] = lost

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        node = d.pop("node")

        lost = d.pop("lost", UNSET)

        gone_node = cls(
            node=node,
            lost=lost,
        )

        return gone_node
