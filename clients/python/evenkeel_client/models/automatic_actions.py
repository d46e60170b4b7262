from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AutomaticActions")


@_attrs_define
class AutomaticActions:
    """The automatic actions of a module, which `maxloop` limits.

    Example:
        {'count': 1, 'interval_s': 86400, 'max': 3}

    Attributes:
        count (int): How many there were within the interval.
        interval_s (int): The interval in seconds, from the first of them on; 0: there is no limit.
        max_ (int): How many there may be; the next one stops the module.
    """

    count: int
    interval_s: int
    max_: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        count = self.count

        interval_s = self.interval_s

        max_ = self.max_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "count": count,
                "interval_s": interval_s,
                "max": max_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        count = d.pop("count")

        interval_s = d.pop("interval_s")

        max_ = d.pop("max")

        automatic_actions = cls(
            count=count,
            interval_s=interval_s,
            max_=max_,
        )

        automatic_actions.additional_properties = d
        return automatic_actions

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
