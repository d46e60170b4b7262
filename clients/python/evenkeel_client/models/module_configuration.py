from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_configuration_macros import ModuleConfigurationMacros
    from ..models.module_configuration_scripts import ModuleConfigurationScripts


T = TypeVar("T", bound="ModuleConfiguration")


@_attrs_define
class ModuleConfiguration:
    """The configuration that a node has of a module.

    Example:
        {'applied_at': '2026-11-23T02:00:00Z', 'applied_by': 'admin', 'macros': {'VIRTUAL_IP': '192.0.2.100'}, 'module':
            'web', 'revision': 3, 'scripts': {}, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'userconfig': '<safe>\\n<service
            mode="light">\\n<user/>\\n</service>\\n</safe>'}

    Attributes:
        applied_at (datetime.datetime): When this node got it.
        applied_by (str): Who gave it.
        macros (ModuleConfigurationMacros): Values of macros.
        module (str): The module.
        revision (int): The revision.
        scripts (ModuleConfigurationScripts): The scripts by name.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
        userconfig (str): The text of `userconfig.xml`.
    """

    applied_at: datetime.datetime
    applied_by: str
    macros: ModuleConfigurationMacros
    module: str
    revision: int
    scripts: ModuleConfigurationScripts
    signature: str
    userconfig: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        applied_at = self.applied_at.isoformat()

        applied_by = self.applied_by

        macros = self.macros.to_dict()

        module = self.module

        revision = self.revision

        scripts = self.scripts.to_dict()

        signature = self.signature

        userconfig = self.userconfig

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "applied_at": applied_at,
                "applied_by": applied_by,
                "macros": macros,
                "module": module,
                "revision": revision,
                "scripts": scripts,
                "signature": signature,
                "userconfig": userconfig,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_configuration_macros import ModuleConfigurationMacros
        from ..models.module_configuration_scripts import ModuleConfigurationScripts

        d = dict(src_dict)
        applied_at = datetime.datetime.fromisoformat(d.pop("applied_at"))

        applied_by = d.pop("applied_by")

        macros = ModuleConfigurationMacros.from_dict(d.pop("macros"))

        module = d.pop("module")

        revision = d.pop("revision")

        scripts = ModuleConfigurationScripts.from_dict(d.pop("scripts"))

        signature = d.pop("signature")

        userconfig = d.pop("userconfig")

        module_configuration = cls(
            applied_at=applied_at,
            applied_by=applied_by,
            macros=macros,
            module=module,
            revision=revision,
            scripts=scripts,
            signature=signature,
            userconfig=userconfig,
        )

        module_configuration.additional_properties = d
        return module_configuration

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
