from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Credentials")


@_attrs_define
class Credentials:
    """Name and password.

    Example:
        {'password': 'correct horse battery staple', 'user': 'admin'}

    Attributes:
        password (str): The password.
        user (str): The user's name.
    """

    password: str
    user: str

    def to_dict(self) -> dict[str, Any]:
        password = self.password

        user = self.user

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "password": password,
                "user": user,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        password = d.pop("password")

        user = d.pop("user")

        credentials = cls(
            password=password,
            user=user,
        )

        return credentials
