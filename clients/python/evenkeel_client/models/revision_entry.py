from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="RevisionEntry")


@_attrs_define
class RevisionEntry:
    """A revision without its content.

    Example:
        {'applied_at': '2026-11-23T02:00:00Z', 'applied_by': 'admin', 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}

    Attributes:
        applied_at (datetime.datetime): When this node got it.
        applied_by (str): Who gave it.
        revision (int): Its number.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
    """

    applied_at: datetime.datetime
    applied_by: str
    revision: int
    signature: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        applied_at = self.applied_at.isoformat()

        applied_by = self.applied_by

        revision = self.revision

        signature = self.signature

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "applied_at": applied_at,
                "applied_by": applied_by,
                "revision": revision,
                "signature": signature,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        applied_at = datetime.datetime.fromisoformat(d.pop("applied_at"))

        applied_by = d.pop("applied_by")

        revision = d.pop("revision")

        signature = d.pop("signature")

        revision_entry = cls(
            applied_at=applied_at,
            applied_by=applied_by,
            revision=revision,
            signature=signature,
        )

        revision_entry.additional_properties = d
        return revision_entry

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
