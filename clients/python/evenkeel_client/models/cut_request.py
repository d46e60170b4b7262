from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.cut_way import CutWay, check_cut_way
from ..types import UNSET, Unset

T = TypeVar("T", bound="CutRequest")


@_attrs_define
class CutRequest:
    """A LAN to cut.

    Example:
        {'duration_ms': 5000, 'lan': 'default', 'way': 'both'}

    Attributes:
        duration_ms (int): How long, in milliseconds.
        lan (str): The LAN's name in the cluster's configuration. All that passes the interface with the node's address
            there
            is cut: heartbeats, virtual addresses, and this API.
        way (CutWay | Unset): What does not pass a cut LAN. Example: both.
    """

    duration_ms: int
    lan: str
    way: CutWay | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        duration_ms = self.duration_ms

        lan = self.lan

        way: str | Unset = UNSET
        if not isinstance(self.way, Unset):
            way = self.way

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "duration_ms": duration_ms,
                "lan": lan,
            }
        )
        if way is not UNSET:
            field_dict["way"] = way

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        duration_ms = d.pop("duration_ms")

        lan = d.pop("lan")

        _way = d.pop("way", UNSET)
        way: CutWay | Unset
        if isinstance(_way, Unset):
            way = UNSET
        else:
            way = check_cut_way(_way)

        cut_request = cls(
            duration_ms=duration_ms,
            lan=lan,
            way=way,
        )

        return cut_request
