from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.role import Role, check_role

T = TypeVar("T", bound="Session")


@_attrs_define
class Session:
    """A session: send the token as `Authorization: Bearer <token>` to any node.

    Example:
        {'expires_at': '2026-11-23T02:15:00Z', 'role': 'admin', 'token': 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'}

    Attributes:
        expires_at (datetime.datetime): When the token ends; log in again before.
        role (Role): What a user may do. Each role includes those below it.
        token (str): The token. All nodes of the cluster accept it.
    """

    expires_at: datetime.datetime
    role: Role
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        expires_at = self.expires_at.isoformat()

        role: str = self.role

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "expires_at": expires_at,
                "role": role,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        role = check_role(d.pop("role"))

        token = d.pop("token")

        session = cls(
            expires_at=expires_at,
            role=role,
            token=token,
        )

        session.additional_properties = d
        return session

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
