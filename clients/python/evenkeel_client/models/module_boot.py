from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.boot_setting import BootSetting, check_boot_setting

T = TypeVar("T", bound="ModuleBoot")


@_attrs_define
class ModuleBoot:
    """Whether a module starts with the machine of a node.

    Example:
        {'enabled': True, 'pending': False, 'setting': 'ignore', 'starts_at_next_boot': True}

    Attributes:
        enabled (bool): The node's switch, which counts where the setting is `ignore`.
        pending (bool): It starts by itself once its `boot_delay` has passed, or what its configuration needs is there;
            a stop calls that off.
        setting (BootSetting): `<service boot>` of a module.
        starts_at_next_boot (bool): Whether it starts when the machine starts the next time, as things are.
    """

    enabled: bool
    pending: bool
    setting: BootSetting
    starts_at_next_boot: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        enabled = self.enabled

        pending = self.pending

        setting: str = self.setting

        starts_at_next_boot = self.starts_at_next_boot

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "enabled": enabled,
                "pending": pending,
                "setting": setting,
                "starts_at_next_boot": starts_at_next_boot,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        enabled = d.pop("enabled")

        pending = d.pop("pending")

        setting = check_boot_setting(d.pop("setting"))

        starts_at_next_boot = d.pop("starts_at_next_boot")

        module_boot = cls(
            enabled=enabled,
            pending=pending,
            setting=setting,
            starts_at_next_boot=starts_at_next_boot,
        )

        module_boot.additional_properties = d
        return module_boot

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
