from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.template_macro import TemplateMacro


T = TypeVar("T", bound="Template")


@_attrs_define
class Template:
    """A module to start from: a configuration file with macros, and scripts.

    Example:
        {'description': 'A list of systemd services on all nodes behind one virtual IP.', 'macros': [{'description':
            'the address that all nodes share', 'name': 'VIRTUAL_IP'}], 'name': 'systemd_farm'}

    Attributes:
        description (str): What it is for.
        macros (list[TemplateMacro]): In the order of its configuration file.
        name (str): Its name.
    """

    description: str
    macros: list[TemplateMacro]
    name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        description = self.description

        macros = []
        for macros_item_data in self.macros:
            macros_item = macros_item_data.to_dict()
            macros.append(macros_item)

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "description": description,
                "macros": macros,
                "name": name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.template_macro import TemplateMacro

        d = dict(src_dict)
        description = d.pop("description")

        macros = []
        _macros = d.pop("macros")
        for macros_item_data in _macros:
            macros_item = TemplateMacro.from_dict(macros_item_data)

            macros.append(macros_item)

        name = d.pop("name")

        template = cls(
            description=description,
            macros=macros,
            name=name,
        )

        template.additional_properties = d
        return template

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
