from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.role import Role, check_role
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.former_api_key import FormerApiKey


T = TypeVar("T", bound="ApiKeySettings")


@_attrs_define
class ApiKeySettings:
    """A key as a node keeps it.

    Example:
        {'created_at': '2026-11-23T02:00:00Z', 'created_by': 'admin', 'digest':
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'expires_at_s': 1798077600, 'modules':
            ['web'], 'role': 'control'}

    Attributes:
        created_at (datetime.datetime): When the key was made.
        created_by (str): By whom.
        digest (str): SHA-256 of the key: 64 hexadecimal digits in lower case.
        expires_at_s (int): When it expires, in seconds since 1970.
        role (Role): What a user may do. Each role includes those below it.
        former (FormerApiKey | None | Unset):
        modules (list[str] | None | Unset): Only to these modules; absent: to all.
    """

    created_at: datetime.datetime
    created_by: str
    digest: str
    expires_at_s: int
    role: Role
    former: FormerApiKey | None | Unset = UNSET
    modules: list[str] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.former_api_key import FormerApiKey

        created_at = self.created_at.isoformat()

        created_by = self.created_by

        digest = self.digest

        expires_at_s = self.expires_at_s

        role: str = self.role

        former: dict[str, Any] | None | Unset
        if isinstance(self.former, Unset):
            former = UNSET
        elif isinstance(self.former, FormerApiKey):
            former = self.former.to_dict()
        else:
            former = self.former

        modules: list[str] | None | Unset
        if isinstance(self.modules, Unset):
            modules = UNSET
        elif isinstance(self.modules, list):
            modules = self.modules

        else:
            modules = self.modules

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "created_at": created_at,
                "created_by": created_by,
                "digest": digest,
                "expires_at_s": expires_at_s,
                "role": role,
            }
        )
        if former is not UNSET:
            field_dict["former"] = former
        if modules is not UNSET:
            field_dict["modules"] = modules

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.former_api_key import FormerApiKey

        d = dict(src_dict)
        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        created_by = d.pop("created_by")

        digest = d.pop("digest")

        expires_at_s = d.pop("expires_at_s")

        role = check_role(d.pop("role"))

        def _parse_former(data: object) -> FormerApiKey | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                former_type_0 = FormerApiKey.from_dict(data)

                return former_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FormerApiKey | None | Unset, data)

        former = _parse_former(d.pop("former", UNSET))

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

        api_key_settings = cls(
            created_at=created_at,
            created_by=created_by,
            digest=digest,
            expires_at_s=expires_at_s,
            role=role,
            former=former,
            modules=modules,
        )

        return api_key_settings
