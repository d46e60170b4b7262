from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.answers import Answers, check_answers
from ..models.entry_mode import EntryMode, check_entry_mode
from ..types import UNSET, Unset

T = TypeVar("T", bound="ModuleInterface")


@_attrs_define
class ModuleInterface:
    """A network interface of a module on one node.

    Example:
        {'answers': 'everybody', 'entry_mode': 'vmac_directed', 'mac': '02:00:00:00:00:01', 'name': 'eth0',
            'virtual_addresses': ['192.0.2.100']}

    Attributes:
        answers (Answers): Whom a node answers that asks for a virtual address.
        entry_mode (EntryMode): How packets for a virtual address reach the nodes.
        mac (str): This node's own MAC address there.
        name (str): Its name.
        virtual_addresses (list[str]): The virtual addresses.
        virtual_mac (None | str | Unset): The MAC address that the virtual addresses resolve to in `vmac_invisible`; in
            `vmac_directed` there is none.
    """

    answers: Answers
    entry_mode: EntryMode
    mac: str
    name: str
    virtual_addresses: list[str]
    virtual_mac: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answers: str = self.answers

        entry_mode: str = self.entry_mode

        mac = self.mac

        name = self.name

        virtual_addresses = self.virtual_addresses

        virtual_mac: None | str | Unset
        if isinstance(self.virtual_mac, Unset):
            virtual_mac = UNSET
        else:
            virtual_mac = self.virtual_mac

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answers": answers,
                "entry_mode": entry_mode,
                "mac": mac,
                "name": name,
                "virtual_addresses": virtual_addresses,
            }
        )
        if virtual_mac is not UNSET:
            field_dict["virtual_mac"] = virtual_mac

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answers = check_answers(d.pop("answers"))

        entry_mode = check_entry_mode(d.pop("entry_mode"))

        mac = d.pop("mac")

        name = d.pop("name")

        virtual_addresses = cast(list[str], d.pop("virtual_addresses"))

        def _parse_virtual_mac(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        virtual_mac = _parse_virtual_mac(d.pop("virtual_mac", UNSET))

        module_interface = cls(
            answers=answers,
            entry_mode=entry_mode,
            mac=mac,
            name=name,
            virtual_addresses=virtual_addresses,
            virtual_mac=virtual_mac,
        )

        module_interface.additional_properties = d
        return module_interface

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
