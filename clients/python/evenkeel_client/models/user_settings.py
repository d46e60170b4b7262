from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.role import Role, check_role

T = TypeVar("T", bound="UserSettings")


@_attrs_define
class UserSettings:
    """Password and role of a user on one node.

    Example:
        {'password': 'correct horse battery staple', 'role': 'control'}

    Attributes:
        password (str): The password: 10 characters or more, 256 at the most.
        role (Role): What a user may do. Each role includes those below it.
    """

    password: str
    role: Role

    def to_dict(self) -> dict[str, Any]:
        password = self.password

        role: str = self.role

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "password": password,
                "role": role,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        password = d.pop("password")

        role = check_role(d.pop("role"))

        user_settings = cls(
            password=password,
            role=role,
        )

        return user_settings
