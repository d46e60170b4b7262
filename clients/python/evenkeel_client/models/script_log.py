from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScriptLog")


@_attrs_define
class ScriptLog:
    """What one execution of a script wrote to its standard output and error.

    Example:
        {'at': '2026-11-23T02:00:00Z', 'bytes': 812, 'name': 'userlog_2026-11-23T020000_start_both.ulog', 'script':
            'start_both'}

    Attributes:
        at (datetime.datetime): When the execution began, by this node's clock.
        bytes_ (int): Its length so far.
        name (str): Its name.
        script (str): The script.
    """

    at: datetime.datetime
    bytes_: int
    name: str
    script: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        bytes_ = self.bytes_

        name = self.name

        script = self.script

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "bytes": bytes_,
                "name": name,
                "script": script,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        bytes_ = d.pop("bytes")

        name = d.pop("name")

        script = d.pop("script")

        script_log = cls(
            at=at,
            bytes_=bytes_,
            name=name,
            script=script,
        )

        script_log.additional_properties = d
        return script_log

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
