from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FormerWebhookSecret")


@_attrs_define
class FormerWebhookSecret:
    """A secret that was replaced and signs for a while, too.

    Example:
        {'secret': 'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'until_s': 1795489200}

    Attributes:
        secret (str): The secret: `whsec_` and 24 to 64 bytes in Base64.
        until_s (int): Until when it signs, in seconds since 1970.
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

        former_webhook_secret = cls(
            secret=secret,
            until_s=until_s,
        )

        return former_webhook_secret
