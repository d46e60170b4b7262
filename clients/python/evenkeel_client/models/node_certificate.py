from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="NodeCertificate")


@_attrs_define
class NodeCertificate:
    """The certificate that a node shows, and whom it believes.

    Example:
        {'authorities':
            ['9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24:2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2'],
            'fingerprint':
            '2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24', 'names':
            ['node1', 'localhost', '127.0.0.1', '192.0.2.1', '::1'], 'node': 'node1', 'not_after':
            '2027-11-23T02:00:00.000Z', 'not_before': '2026-11-22T02:00:00.000Z'}

    Attributes:
        authorities (list[str]): SHA-256 of the certificates of the authorities that the node believes: the one that
            signs first, and while
            it is being replaced another one.
        fingerprint (str): SHA-256 of the certificate.
        names (list[str]): The names and addresses that it is for.
        node (str): The node.
        not_after (datetime.datetime): Until when; the node makes another one 120 days before.
        not_before (datetime.datetime): From when on it is valid.
    """

    authorities: list[str]
    fingerprint: str
    names: list[str]
    node: str
    not_after: datetime.datetime
    not_before: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        authorities = self.authorities

        fingerprint = self.fingerprint

        names = self.names

        node = self.node

        not_after = self.not_after.isoformat()

        not_before = self.not_before.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "authorities": authorities,
                "fingerprint": fingerprint,
                "names": names,
                "node": node,
                "not_after": not_after,
                "not_before": not_before,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        authorities = cast(list[str], d.pop("authorities"))

        fingerprint = d.pop("fingerprint")

        names = cast(list[str], d.pop("names"))

        node = d.pop("node")

        not_after = datetime.datetime.fromisoformat(d.pop("not_after"))

        not_before = datetime.datetime.fromisoformat(d.pop("not_before"))

        node_certificate = cls(
            authorities=authorities,
            fingerprint=fingerprint,
            names=names,
            node=node,
            not_after=not_after,
            not_before=not_before,
        )

        node_certificate.additional_properties = d
        return node_certificate

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
