from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Backend")


@_attrs_define
class Backend:
    """What puts decisions in force where packets pass.

    Example:
        {'hook': 'tcx', 'name': 'ebpf', 'why': 'the kernel has TCX'}

    Attributes:
        hook (str): Where it hooks in: `tcx`, `clsact`, …
        name (str): `ebpf`, `nfqueue` or `memory`.
        why (str): Why this one.
    """

    hook: str
    name: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        hook = self.hook

        name = self.name

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "hook": hook,
                "name": name,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        hook = d.pop("hook")

        name = d.pop("name")

        why = d.pop("why")

        backend = cls(
            hook=hook,
            name=name,
            why=why,
        )

        backend.additional_properties = d
        return backend

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
