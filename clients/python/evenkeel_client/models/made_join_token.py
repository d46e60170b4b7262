from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MadeJoinToken")


@_attrs_define
class MadeJoinToken:
    """What `evenkeel join` needs on the new machine.

    Example:
        {'at': 'node1', 'expires_at': '2026-11-23T03:00:00.000Z', 'fingerprint':
            '2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24', 'node':
            'node3', 'token': 'evj_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}

    Attributes:
        at (str): The node that made it, and where alone it is good.
        expires_at (datetime.datetime): Until when.
        fingerprint (str): SHA-256 of the certificate of the cluster's authority, by which the new machine knows the
            cluster.
        node (str): Who may join with it.
        token (str): The token, shown this once; good once.
    """

    at: str
    expires_at: datetime.datetime
    fingerprint: str
    node: str
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        expires_at = self.expires_at.isoformat()

        fingerprint = self.fingerprint

        node = self.node

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "expires_at": expires_at,
                "fingerprint": fingerprint,
                "node": node,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = d.pop("at")

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        fingerprint = d.pop("fingerprint")

        node = d.pop("node")

        token = d.pop("token")

        made_join_token = cls(
            at=at,
            expires_at=expires_at,
            fingerprint=fingerprint,
            node=node,
            token=token,
        )

        made_join_token.additional_properties = d
        return made_join_token

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
