from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ScriptTraffic")


@_attrs_define
class ScriptTraffic:
    """Whether a module's scripts want its traffic.

    Example:
        {'open': True}

    Attributes:
        open_ (bool): Whether the node is to have its share.
    """

    open_: bool

    def to_dict(self) -> dict[str, Any]:
        open_ = self.open_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "open": open_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        open_ = d.pop("open")

        script_traffic = cls(
            open_=open_,
        )

        return script_traffic
