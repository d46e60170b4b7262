from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FormerSealed")


@_attrs_define
class FormerSealed:
    """A secret that signs, too.

    Attributes:
        secret (str): A secret as it is kept: nonce, cipher text and tag in Base64.
        until_s (int): Until when, in seconds since 1970.
    """

    secret: str
    until_s: int

    def to_dict(self) -> dict[str, Any]:
        secret = self.secret

        until_s = self.until_s

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "secret": secret,
                "until_s": until_s,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        secret = d.pop("secret")

        until_s = d.pop("until_s")

        former_sealed = cls(
            secret=secret,
            until_s=until_s,
        )

        return former_sealed
