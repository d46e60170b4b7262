from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.module_json_configuration import ModuleJsonConfiguration
    from ..models.module_json_macros import ModuleJsonMacros
    from ..models.module_json_scripts import ModuleJsonScripts


T = TypeVar("T", bound="ModuleJson")


@_attrs_define
class ModuleJson:
    """A module's configuration as given, in JSON.

    Example:
        {'configuration': {'service': {'mode': 'light', 'user': {}}}, 'macros': {'PORT': '80', 'VIRTUAL_IP':
            '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start nginx\\n', 'stop_both':
            '#!/bin/sh\\nsystemctl stop nginx\\n'}}

    Attributes:
        configuration (ModuleJsonConfiguration): What stands in the root element of `userconfig.xml`: attributes and
            elements are fields of their names, elements
            that can be repeated lists; switches are booleans, numbers are numbers, times a number in the attribute's unit
            or
            a text such as `10s`; every value can be a text with macros in it. The rules of a `<failover>` are the text
            `rules`.
        macros (ModuleJsonMacros | Unset): Values of macros; they replace those that the configuration defines itself.
        scripts (ModuleJsonScripts | Unset): The scripts by name, as those of a configuration in XML.
    """

    configuration: ModuleJsonConfiguration
    macros: ModuleJsonMacros | Unset = UNSET
    scripts: ModuleJsonScripts | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        configuration = self.configuration.to_dict()

        macros: dict[str, Any] | Unset = UNSET
        if not isinstance(self.macros, Unset):
            macros = self.macros.to_dict()

        scripts: dict[str, Any] | Unset = UNSET
        if not isinstance(self.scripts, Unset):
            scripts = self.scripts.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "configuration": configuration,
            }
        )
        if macros is not UNSET:
            field_dict["macros"] = macros
        if scripts is not UNSET:
            field_dict["scripts"] = scripts

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_json_configuration import ModuleJsonConfiguration
        from ..models.module_json_macros import ModuleJsonMacros
        from ..models.module_json_scripts import ModuleJsonScripts

        d = dict(src_dict)
        configuration = ModuleJsonConfiguration.from_dict(d.pop("configuration"))

        _macros = d.pop("macros", UNSET)
        macros: ModuleJsonMacros | Unset
        if isinstance(_macros, Unset):
            macros = UNSET
        else:
            macros = ModuleJsonMacros.from_dict(_macros)

        _scripts = d.pop("scripts", UNSET)
        scripts: ModuleJsonScripts | Unset
        if isinstance(_scripts, Unset):
            scripts = UNSET
        else:
            scripts = ModuleJsonScripts.from_dict(_scripts)

        module_json = cls(
            configuration=configuration,
            macros=macros,
            scripts=scripts,
        )

        return module_json
