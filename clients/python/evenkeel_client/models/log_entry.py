from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.log_level import LogLevel, check_log_level

T = TypeVar("T", bound="LogEntry")


@_attrs_define
class LogEntry:
    """A line of a module's log.

    Example:
        {'at': '2026-11-23T02:00:00.123Z', 'id': 5, 'level': 'normal', 'message': 'Action start called by admin'}

    Attributes:
        at (datetime.datetime): When.
        id (int): Grows with each entry of this node.
        level (LogLevel): How much a module's log tells. Example: normal.
        message (str): What.
    """

    at: datetime.datetime
    id: int
    level: LogLevel
    message: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        id = self.id

        level: str = self.level

        message = self.message

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "id": id,
                "level": level,
                "message": message,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        id = d.pop("id")

        level = check_log_level(d.pop("level"))

        message = d.pop("message")

        log_entry = cls(
            at=at,
            id=id,
            level=level,
            message=message,
        )

        log_entry.additional_properties = d
        return log_entry

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
