from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FormerApiKey")


@_attrs_define
class FormerApiKey:
    """A key that was replaced and is good for a while.

    Example:
        {'digest': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'until_s': 1795489200}

    Attributes:
        digest (str): SHA-256 of the key: 64 hexadecimal digits in lower case.
        until_s (int): Until when it is good, in seconds since 1970.
    """

    digest: str
    until_s: int

    def to_dict(self) -> dict[str, Any]:
        digest = self.digest

        until_s = self.until_s

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "digest": digest,
                "until_s": until_s,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        digest = d.pop("digest")

        until_s = d.pop("until_s")

        former_api_key = cls(
            digest=digest,
            until_s=until_s,
        )

        return former_api_key
