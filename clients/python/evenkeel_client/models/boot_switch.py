from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="BootSwitch")


@_attrs_define
class BootSwitch:
    """How the switch of a module is to be.

    Example:
        {'enabled': True}

    Attributes:
        enabled (bool): True: the module starts with the machine where its setting is `ignore`.
    """

    enabled: bool

    def to_dict(self) -> dict[str, Any]:
        enabled = self.enabled

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "enabled": enabled,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        enabled = d.pop("enabled")

        boot_switch = cls(
            enabled=enabled,
        )

        return boot_switch
