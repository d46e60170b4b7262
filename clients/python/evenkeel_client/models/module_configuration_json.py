from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_configuration_json_configuration import (
        ModuleConfigurationJsonConfiguration,
    )
    from ..models.module_configuration_json_macros import ModuleConfigurationJsonMacros
    from ..models.module_configuration_json_scripts import (
        ModuleConfigurationJsonScripts,
    )


T = TypeVar("T", bound="ModuleConfigurationJson")


@_attrs_define
class ModuleConfigurationJson:
    """The configuration that a node has of a module, in JSON.

    Example:
        {'applied_at': '2026-11-23T02:00:00Z', 'applied_by': 'admin', 'configuration': {'service': {'mode': 'light',
            'user': {}}}, 'macros': {'VIRTUAL_IP': '192.0.2.100'}, 'module': 'web', 'revision': 3, 'scripts': {},
            'signature': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}

    Attributes:
        applied_at (datetime.datetime): When this node got it.
        applied_by (str): Who gave it.
        configuration (ModuleConfigurationJsonConfiguration): What stands in `userconfig.xml`, but comments.
        macros (ModuleConfigurationJsonMacros): Values of macros.
        module (str): The module.
        revision (int): The revision.
        scripts (ModuleConfigurationJsonScripts): The scripts by name.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
    """

    applied_at: datetime.datetime
    applied_by: str
    configuration: ModuleConfigurationJsonConfiguration
    macros: ModuleConfigurationJsonMacros
    module: str
    revision: int
    scripts: ModuleConfigurationJsonScripts
    signature: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        applied_at = self.applied_at.isoformat()

        applied_by = self.applied_by

        configuration = self.configuration.to_dict()

        macros = self.macros.to_dict()

        module = self.module

        revision = self.revision

        scripts = self.scripts.to_dict()

        signature = self.signature

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "applied_at": applied_at,
                "applied_by": applied_by,
                "configuration": configuration,
                "macros": macros,
                "module": module,
                "revision": revision,
                "scripts": scripts,
                "signature": signature,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_configuration_json_configuration import (
            ModuleConfigurationJsonConfiguration,
        )
        from ..models.module_configuration_json_macros import (
            ModuleConfigurationJsonMacros,
        )
        from ..models.module_configuration_json_scripts import (
            ModuleConfigurationJsonScripts,
        )

        d = dict(src_dict)
        applied_at = datetime.datetime.fromisoformat(d.pop("applied_at"))

        applied_by = d.pop("applied_by")

        configuration = ModuleConfigurationJsonConfiguration.from_dict(
            d.pop("configuration")
        )

        macros = ModuleConfigurationJsonMacros.from_dict(d.pop("macros"))

        module = d.pop("module")

        revision = d.pop("revision")

        scripts = ModuleConfigurationJsonScripts.from_dict(d.pop("scripts"))

        signature = d.pop("signature")

        module_configuration_json = cls(
            applied_at=applied_at,
            applied_by=applied_by,
            configuration=configuration,
            macros=macros,
            module=module,
            revision=revision,
            scripts=scripts,
            signature=signature,
        )

        module_configuration_json.additional_properties = d
        return module_configuration_json

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
