from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.fault import Fault


T = TypeVar("T", bound="FaultList")


@_attrs_define
class FaultList:
    """The faults of a node.

    Example:
        {'faults': [{'begins_at': '2026-11-24T03:00:00.200Z', 'ends_at': '2026-11-24T03:00:00.700Z', 'id': 1, 'kind':
            'freeze', 'node': 'node1'}], 'permitted': True}

    Attributes:
        faults (list[Fault]): Those that have not ended, the oldest first.
        permitted (bool): Whether the daemon was started with `--permit-faults`; elsewhere it does none.
    """

    faults: list[Fault]
    permitted: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        faults = []
        for faults_item_data in self.faults:
            faults_item = faults_item_data.to_dict()
            faults.append(faults_item)

        permitted = self.permitted

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "faults": faults,
                "permitted": permitted,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.fault import Fault

        d = dict(src_dict)
        faults = []
        _faults = d.pop("faults")
        for faults_item_data in _faults:
            faults_item = Fault.from_dict(faults_item_data)

            faults.append(faults_item)

        permitted = d.pop("permitted")

        fault_list = cls(
            faults=faults,
            permitted=permitted,
        )

        fault_list.additional_properties = d
        return fault_list

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
