from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..models.log_level import LogLevel, check_log_level
from ..types import UNSET, Unset

T = TypeVar("T", bound="LogMessage")


@_attrs_define
class LogMessage:
    """A line for a module's log.

    Example:
        {'message': 'the application answers'}

    Attributes:
        message (str): What to say, in one line.
        level (LogLevel | Unset): How much a module's log tells. Example: normal.
    """

    message: str
    level: LogLevel | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        message = self.message

        level: str | Unset = UNSET
        if not isinstance(self.level, Unset):
            level = self.level

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "message": message,
            }
        )
        if level is not UNSET:
            field_dict["level"] = level

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        message = d.pop("message")

        _level = d.pop("level", UNSET)
        level: LogLevel | Unset
        if isinstance(_level, Unset):
            level = UNSET
        else:
            level = check_log_level(_level)

        log_message = cls(
            message=message,
            level=level,
        )

        return log_message
