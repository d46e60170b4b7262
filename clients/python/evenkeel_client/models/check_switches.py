from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.check_switches_classes import CheckSwitchesClasses


T = TypeVar("T", bound="CheckSwitches")


@_attrs_define
class CheckSwitches:
    """Which checks are to be switched on or off; what is left out stays as it is.

    Example:
        {'checkers': True}

    Attributes:
        checkers (bool | None | Unset): The checkers.
        classes (CheckSwitchesClasses | Unset): Classes of processes; not kept: each is off at the next start of the
            module, which is where scripts
            switch it on. Where the module is stopped, they are refused. Example: {'night': True}.
        processes (bool | None | Unset): The monitoring of processes.
    """

    checkers: bool | None | Unset = UNSET
    classes: CheckSwitchesClasses | Unset = UNSET
    processes: bool | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        checkers: bool | None | Unset
        if isinstance(self.checkers, Unset):
            checkers = UNSET
        else:
            checkers = self.checkers

        classes: dict[str, Any] | Unset = UNSET
        if not isinstance(self.classes, Unset):
            classes = self.classes.to_dict()

        processes: bool | None | Unset
        if isinstance(self.processes, Unset):
            processes = UNSET
        else:
            processes = self.processes

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if checkers is not UNSET:
            field_dict["checkers"] = checkers
        if classes is not UNSET:
            field_dict["classes"] = classes
        if processes is not UNSET:
            field_dict["processes"] = processes

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.check_switches_classes import CheckSwitchesClasses

        d = dict(src_dict)

        def _parse_checkers(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        checkers = _parse_checkers(d.pop("checkers", UNSET))

        _classes = d.pop("classes", UNSET)
        classes: CheckSwitchesClasses | Unset
        if isinstance(_classes, Unset):
            classes = UNSET
        else:
            classes = CheckSwitchesClasses.from_dict(_classes)

        def _parse_processes(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        processes = _parse_processes(d.pop("processes", UNSET))

        check_switches = cls(
            checkers=checkers,
            classes=classes,
            processes=processes,
        )

        return check_switches
