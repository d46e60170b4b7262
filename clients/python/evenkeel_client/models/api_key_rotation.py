from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ApiKeyRotation")


@_attrs_define
class ApiKeyRotation:
    """How a key is replaced.

    Example:
        {'overlap_s': 3600, 'valid_for_days': 30}

    Attributes:
        overlap_s (int | None | Unset): Seconds for which the former key is good too, up to 30 days; an hour when
            absent.
        valid_for_days (int | None | Unset): Days until the new key expires, 1 to 366; 90 when absent.
    """

    overlap_s: int | None | Unset = UNSET
    valid_for_days: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        overlap_s: int | None | Unset
        if isinstance(self.overlap_s, Unset):
            overlap_s = UNSET
        else:
            overlap_s = self.overlap_s

        valid_for_days: int | None | Unset
        if isinstance(self.valid_for_days, Unset):
            valid_for_days = UNSET
        else:
            valid_for_days = self.valid_for_days

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if overlap_s is not UNSET:
            field_dict["overlap_s"] = overlap_s
        if valid_for_days is not UNSET:
            field_dict["valid_for_days"] = valid_for_days

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_overlap_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        overlap_s = _parse_overlap_s(d.pop("overlap_s", UNSET))

        def _parse_valid_for_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        valid_for_days = _parse_valid_for_days(d.pop("valid_for_days", UNSET))

        api_key_rotation = cls(
            overlap_s=overlap_s,
            valid_for_days=valid_for_days,
        )

        return api_key_rotation
