from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="GoneNode")


@_attrs_define
class GoneNode:
    """A node that is to go.

    Example:
        {'also': ['node5'], 'lost': True, 'node': 'node4'}

    Attributes:
        node (str): Its name.
        also (list[str] | Unset): Others whose machines are off for good, and which go with it.
        lost (bool | Unset): Whether its machine is off for good and is not asked.
    """

    node: str
    also: list[str] | Unset = UNSET
    lost: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        node = self.node

        also: list[str] | Unset = UNSET
        if not isinstance(self.also, Unset):
            also = self.also

        lost = self.lost

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "node": node,
            }
        )
        if also is not UNSET:
            field_dict["also"] = also
        if lost is not UNSET:
            field_dict["lost"] = lost

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        node = d.pop("node")

        also = cast(list[str], d.pop("also", UNSET))

        lost = d.pop("lost", UNSET)

        gone_node = cls(
            node=node,
            also=also,
            lost=lost,
        )

        return gone_node
