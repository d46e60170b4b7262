from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.role import Role, check_role

T = TypeVar("T", bound="NewUser")


@_attrs_define
class NewUser:
    """A user to be made.

    Example:
        {'name': 'operator', 'password': 'correct horse battery staple', 'role': 'control'}

    Attributes:
        name (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        password (str): The password: 10 characters or more, 256 at the most.
        role (Role): What a user may do. Each role includes those below it.
    """

    name: str
    password: str
    role: Role

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        password = self.password

        role: str = self.role

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "password": password,
                "role": role,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        password = d.pop("password")

        role = check_role(d.pop("role"))

        new_user = cls(
            name=name,
            password=password,
            role=role,
        )

        return new_user
