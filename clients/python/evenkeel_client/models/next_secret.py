from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NextSecret")


@_attrs_define
class NextSecret:
    """The next secret for a node to accept.

    Example:
        {'begun_at': 'node1', 'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b'}

    Attributes:
        begun_at (str): The node where the rotation was begun, which alone goes on with it.
        generation (int): Its generation: one more than that of the secret in use.
        secret (str): The secret: 64 hexadecimal digits.
    """

    begun_at: str
    generation: int
    secret: str

    def to_dict(self) -> dict[str, Any]:
        begun_at = self.begun_at

        generation = self.generation

        secret = self.secret

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "begun_at": begun_at,
                "generation": generation,
                "secret": secret,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        begun_at = d.pop("begun_at")

        generation = d.pop("generation")

        secret = d.pop("secret")

        next_secret = cls(
            begun_at=begun_at,
            generation=generation,
            secret=secret,
        )

        return next_secret
