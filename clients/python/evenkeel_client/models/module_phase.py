from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.phase import Phase, check_phase
from ..models.readiness import Readiness, check_readiness

T = TypeVar("T", bound="ModulePhase")


@_attrs_define
class ModulePhase:
    """A module's state in a few words.

    Example:
        {'module': 'web', 'phase': 'UP', 'readiness': 'Ready'}

    Attributes:
        module (str): The module.
        phase (Phase): Where a module is on its way.
        readiness (Readiness): How settled a phase is.
    """

    module: str
    phase: Phase
    readiness: Readiness
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        module = self.module

        phase: str = self.phase

        readiness: str = self.readiness

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "module": module,
                "phase": phase,
                "readiness": readiness,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        module = d.pop("module")

        phase = check_phase(d.pop("phase"))

        readiness = check_readiness(d.pop("readiness"))

        module_phase = cls(
            module=module,
            phase=phase,
            readiness=readiness,
        )

        module_phase.additional_properties = d
        return module_phase

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
