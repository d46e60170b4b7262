from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_module_macros import NewModuleMacros


T = TypeVar("T", bound="NewModule")


@_attrs_define
class NewModule:
    """A module to be made from a template.

    Example:
        {'macros': {'PORT': '80', 'SERVICES': 'nginx', 'VIRTUAL_IP': '192.0.2.100'}, 'name': 'web', 'template':
            'systemd_farm'}

    Attributes:
        name (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
        template (str): The template's name.
        macros (NewModuleMacros | Unset): Values of the template's macros.
    """

    name: str
    template: str
    macros: NewModuleMacros | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        template = self.template

        macros: dict[str, Any] | Unset = UNSET
        if not isinstance(self.macros, Unset):
            macros = self.macros.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "template": template,
            }
        )
        if macros is not UNSET:
            field_dict["macros"] = macros

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.new_module_macros import NewModuleMacros

        d = dict(src_dict)
        name = d.pop("name")

        template = d.pop("template")

        _macros = d.pop("macros", UNSET)
        macros: NewModuleMacros | Unset
        if isinstance(_macros, Unset):
            macros = UNSET
        else:
            macros = NewModuleMacros.from_dict(_macros)

        new_module = cls(
            name=name,
            template=template,
            macros=macros,
        )

        return new_module
