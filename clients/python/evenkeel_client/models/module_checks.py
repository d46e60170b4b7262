from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.module_checks_classes import ModuleChecksClasses


T = TypeVar("T", bound="ModuleChecks")


@_attrs_define
class ModuleChecks:
    """Which checks of a module are switched on on a node.

    Example:
        {'checkers': True, 'classes': {'night': False}, 'processes': True}

    Attributes:
        checkers (bool): The checkers: each `<check>`, and what `check="on"` of interfaces and virtual addresses stands
            for.
        classes (ModuleChecksClasses): The classes of processes that scripts switch (`<proc class>`, a name of its own),
            and whether each is on.
        processes (bool): The monitoring of processes (`<errd>`).
    """

    checkers: bool
    classes: ModuleChecksClasses
    processes: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        checkers = self.checkers

        classes = self.classes.to_dict()

        processes = self.processes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "checkers": checkers,
                "classes": classes,
                "processes": processes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.module_checks_classes import ModuleChecksClasses

        d = dict(src_dict)
        checkers = d.pop("checkers")

        classes = ModuleChecksClasses.from_dict(d.pop("classes"))

        processes = d.pop("processes")

        module_checks = cls(
            checkers=checkers,
            classes=classes,
            processes=processes,
        )

        module_checks.additional_properties = d
        return module_checks

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
