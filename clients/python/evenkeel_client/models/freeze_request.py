from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FreezeRequest")


@_attrs_define
class FreezeRequest:
    """How long a daemon is to stand still.

    Example:
        {'duration_ms': 500}

    Attributes:
        duration_ms (int): How long, in milliseconds.
    """

    duration_ms: int

    def to_dict(self) -> dict[str, Any]:
        duration_ms = self.duration_ms

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "duration_ms": duration_ms,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        duration_ms = d.pop("duration_ms")

        freeze_request = cls(
            duration_ms=duration_ms,
        )

        return freeze_request
