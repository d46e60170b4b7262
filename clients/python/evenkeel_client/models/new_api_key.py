from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.role import Role, check_role
from ..types import UNSET, Unset

T = TypeVar("T", bound="NewApiKey")


@_attrs_define
class NewApiKey:
    """A key to be made.

    Example:
        {'modules': ['web'], 'name': 'nightly-failover', 'role': 'control', 'valid_for_days': 30}

    Attributes:
        name (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        role (Role): What a user may do. Each role includes those below it.
        modules (list[str] | None | Unset): Only to these modules, 64 at the most: to what names one of them in its
            path. Absent: to all that
            the role may do.
        valid_for_days (int | None | Unset): Days until it expires, 1 to 366; 90 when absent.
    """

    name: str
    role: Role
    modules: list[str] | None | Unset = UNSET
    valid_for_days: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        role: str = self.role

        modules: list[str] | None | Unset
        if isinstance(self.modules, Unset):
            modules = UNSET
        elif isinstance(self.modules, list):
            modules = self.modules

        else:
            modules = self.modules

        valid_for_days: int | None | Unset
        if isinstance(self.valid_for_days, Unset):
            valid_for_days = UNSET
        else:
            valid_for_days = self.valid_for_days

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "role": role,
            }
        )
        if modules is not UNSET:
            field_dict["modules"] = modules
        if valid_for_days is not UNSET:
            field_dict["valid_for_days"] = valid_for_days

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        role = check_role(d.pop("role"))

        def _parse_modules(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                modules_type_0 = cast(list[str], data)

                return modules_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        modules = _parse_modules(d.pop("modules", UNSET))

        def _parse_valid_for_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        valid_for_days = _parse_valid_for_days(d.pop("valid_for_days", UNSET))

        new_api_key = cls(
            name=name,
            role=role,
            modules=modules,
            valid_for_days=valid_for_days,
        )

        return new_api_key
