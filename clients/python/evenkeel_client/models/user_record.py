from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.role import Role, check_role

T = TypeVar("T", bound="UserRecord")


@_attrs_define
class UserRecord:
    """A user as a node keeps it.

    Example:
        {'created_at': '2026-11-23T02:00:00.123Z', 'phc': '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA', 'role':
            'control'}

    Attributes:
        created_at (datetime.datetime): When the user was made.
        phc (str): The password's hash as a PHC string.
        role (Role): What a user may do. Each role includes those below it.
    """

    created_at: datetime.datetime
    phc: str
    role: Role

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at.isoformat()

        phc = self.phc

        role: str = self.role

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "created_at": created_at,
                "phc": phc,
                "role": role,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        phc = d.pop("phc")

        role = check_role(d.pop("role"))

        user_record = cls(
            created_at=created_at,
            phc=phc,
            role=role,
        )

        return user_record
