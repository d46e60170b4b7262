from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NextAuthority")


@_attrs_define
class NextAuthority:
    """The next authority, with its key.

    Example:
        {'certificate': '-----BEGIN CERTIFICATE-----\\nMIIBijCCATGgAwIBAgIUYDJGMJIvWiC4D0xXQ2OxuQ==\\n-----END
            CERTIFICATE-----\\n', 'key': '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ==\\n
            -----END PRIVATE KEY-----\\n'}

    Attributes:
        certificate (str): Its certificate, PEM.
        key (str): Its key, PEM.
    """

    certificate: str
    key: str

    def to_dict(self) -> dict[str, Any]:
        certificate = self.certificate

        key = self.key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "certificate": certificate,
                "key": key,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        certificate = d.pop("certificate")

        key = d.pop("key")

        next_authority = cls(
            certificate=certificate,
            key=key,
        )

        return next_authority
