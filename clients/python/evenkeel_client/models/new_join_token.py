from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewJoinToken")


@_attrs_define
class NewJoinToken:
    """Who is to join.

    Example:
        {'node': 'node2', 'valid_s': 3600}

    Attributes:
        node (str): The node, by its name in the cluster's configuration.
        valid_s (int | None | Unset): Seconds for which the token is good, 60 to 86400; an hour when absent.
    """

    node: str
    valid_s: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        node = self.node

        valid_s: int | None | Unset
        if isinstance(self.valid_s, Unset):
            valid_s = UNSET
        else:
            valid_s = self.valid_s

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "node": node,
            }
        )
        if valid_s is not UNSET:
            field_dict["valid_s"] = valid_s

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        node = d.pop("node")

        def _parse_valid_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        valid_s = _parse_valid_s(d.pop("valid_s", UNSET))

        new_join_token = cls(
            node=node,
            valid_s=valid_s,
        )

        return new_join_token
