from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.module_settings_macros import ModuleSettingsMacros
    from ..models.module_settings_scripts import ModuleSettingsScripts


T = TypeVar("T", bound="ModuleSettings")


@_attrs_define
class ModuleSettings:
    """A module's configuration as given.

    Example:
        {'macros': {'PORT': '80', 'VIRTUAL_IP': '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start
            nginx\\n', 'stop_both': '#!/bin/sh\\nsystemctl stop nginx\\n'}, 'userconfig': '<safe>\\n<service
            mode="light">\\n<user/>\\n</service>\\n</safe>'}

    Attributes:
        userconfig (str): The text of `userconfig.xml`.
        macros (ModuleSettingsMacros | Unset): Values of macros; they replace those that the file defines itself.
        scripts (ModuleSettingsScripts | Unset): The scripts by name: `prestart`, `start_both`, `stop_both`, `poststop`,
            `update` (called with UP UP update, or
            WAIT WAIT update, when checks or the start with the machine are switched meanwhile), and programs that the
            configuration or a script calls, such as custom checkers; 64 at the most. What is absent the
            module does not have.
    """

    userconfig: str
    macros: ModuleSettingsMacros | Unset = UNSET
    scripts: ModuleSettingsScripts | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        userconfig = self.userconfig

        macros: dict[str, Any] | Unset = UNSET
        if not isinstance(self.macros, Unset):
            macros = self.macros.to_dict()

        scripts: dict[str, Any] | Unset = UNSET
        if not isinstance(self.scripts, Unset):
            scripts = self.scripts.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "userconfig": userconfig,
            }
        )
        if macros is not UNSET:
            field_dict["macros"] = macros
        if scripts is not UNSET:
            field_dict["scripts"] = scripts

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_settings_macros import ModuleSettingsMacros
        from ..models.module_settings_scripts import ModuleSettingsScripts

        d = dict(src_dict)
        userconfig = d.pop("userconfig")

        _macros = d.pop("macros", UNSET)
        macros: ModuleSettingsMacros | Unset
        if isinstance(_macros, Unset):
            macros = UNSET
        else:
            macros = ModuleSettingsMacros.from_dict(_macros)

        _scripts = d.pop("scripts", UNSET)
        scripts: ModuleSettingsScripts | Unset
        if isinstance(_scripts, Unset):
            scripts = UNSET
        else:
            scripts = ModuleSettingsScripts.from_dict(_scripts)

        module_settings = cls(
            userconfig=userconfig,
            macros=macros,
            scripts=scripts,
        )

        return module_settings
