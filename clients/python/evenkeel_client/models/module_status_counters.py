from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ModuleStatusCounters")


@_attrs_define
class ModuleStatusCounters:
    """Packets since the traffic was opened, by verdict and reason; empty while it is closed. The names are `accept_opens`,
    `accept_mine`, `accept_socket`, `accept_solicitation`, `forward_owner`, `forward_previous`, `answer_arp`,
    `drop_foreign`, `drop_migrating`, `drop_closed`, `drop_from_peer`, `drop_lease`, `drop_no_route`, `drop_no_rule`,
    `drop_fragment`, `drop_malformed`, `drop_other_mac`, `drop_other_interface`, `drop_not_entry`, `drop_arp_claim`,
    `drop_seat_belt`, `drop_fence`, `drop_no_table`.

    """

    additional_properties: dict[str, int] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        module_status_counters = cls()

        module_status_counters.additional_properties = d
        return module_status_counters

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> int:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: int) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
