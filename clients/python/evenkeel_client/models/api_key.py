from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.role import Role, check_role
from ..types import UNSET, Unset

T = TypeVar("T", bound="ApiKey")


@_attrs_define
class ApiKey:
    """A key, without the key itself: that is shown once, when it is made.

    Example:
        {'created_at': '2026-11-23T02:00:00Z', 'created_by': 'admin', 'expires_at': '2026-12-23T02:00:00Z', 'modules':
            ['web'], 'name': 'nightly-failover', 'role': 'control'}

    Attributes:
        created_at (datetime.datetime): When the key was made, or replaced the former one.
        created_by (str): By whom.
        expires_at (datetime.datetime): When it expires.
        name (str): The name.
        role (Role): What a user may do. Each role includes those below it.
        former_until (datetime.datetime | None | Unset): Until when the key that it replaced is good too.
        modules (list[str] | None | Unset): Only to these modules; absent: to all.
    """

    created_at: datetime.datetime
    created_by: str
    expires_at: datetime.datetime
    name: str
    role: Role
    former_until: datetime.datetime | None | Unset = UNSET
    modules: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at.isoformat()

        created_by = self.created_by

        expires_at = self.expires_at.isoformat()

        name = self.name

        role: str = self.role

        former_until: None | str | Unset
        if isinstance(self.former_until, Unset):
            former_until = UNSET
        elif isinstance(self.former_until, datetime.datetime):
            former_until = self.former_until.isoformat()
        else:
            former_until = self.former_until

        modules: list[str] | None | Unset
        if isinstance(self.modules, Unset):
            modules = UNSET
        elif isinstance(self.modules, list):
            modules = self.modules

        else:
            modules = self.modules

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "created_by": created_by,
                "expires_at": expires_at,
                "name": name,
                "role": role,
            }
        )
        if former_until is not UNSET:
            field_dict["former_until"] = former_until
        if modules is not UNSET:
            field_dict["modules"] = modules

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        created_by = d.pop("created_by")

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        name = d.pop("name")

        role = check_role(d.pop("role"))

        def _parse_former_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                former_until_type_0 = datetime.datetime.fromisoformat(data)

                return former_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        former_until = _parse_former_until(d.pop("former_until", UNSET))

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

        api_key = cls(
            created_at=created_at,
            created_by=created_by,
            expires_at=expires_at,
            name=name,
            role=role,
            former_until=former_until,
            modules=modules,
        )

        api_key.additional_properties = d
        return api_key

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
