from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Authority")


@_attrs_define
class Authority:
    """Whom to trust: the authority that signed the certificates of all nodes of this cluster.

    Example:
        {'certificate': '-----BEGIN CERTIFICATE-----\\nMIIBijCCATGgAwIBAgIUYDJGMJIvWiC4D0xXQ2OxuQ==\\n-----END
            CERTIFICATE-----\\n', 'fingerprint':
            '2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24'}

    Attributes:
        certificate (str): Its certificate, PEM.
        fingerprint (str): SHA-256 of the certificate, as `evenkeel init` prints it. Compare your own hash of the
            certificate with
            what you got from `init`: this field is as little proved as the rest of the answer.
    """

    certificate: str
    fingerprint: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certificate = self.certificate

        fingerprint = self.fingerprint

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "certificate": certificate,
                "fingerprint": fingerprint,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        certificate = d.pop("certificate")

        fingerprint = d.pop("fingerprint")

        authority = cls(
            certificate=certificate,
            fingerprint=fingerprint,
        )

        authority.additional_properties = d
        return authority

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
