from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.assignment import Assignment


T = TypeVar("T", bound="Resource")


@_attrs_define
class Resource:
    """A resource of a module on a node.

    Example:
        {'by': 'tcpcheck', 'history': [{'by': 'tcpcheck', 'since': '2026-11-23T01:00:00Z', 'value': 'up'}], 'name':
            'tcp.http', 'reason': 'connection refused', 'since': '2026-11-23T02:00:00.123Z', 'value': 'down'}

    Attributes:
        by (str): Who set it: a checker, `errd`, a script, a user.
        history (list[Assignment]): What it was before, the latest last.
        name (str): Its class and its name.
        since (datetime.datetime): Since when it has this value, by this node's clock.
        value (str): `init`, `up`, `down`, a number of connections, or another word that a script chose.
        reason (None | str | Unset): Why, where it is known.
    """

    by: str
    history: list[Assignment]
    name: str
    since: datetime.datetime
    value: str
    reason: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        history = []
        for history_item_data in self.history:
            history_item = history_item_data.to_dict()
            history.append(history_item)

        name = self.name

        since = self.since.isoformat()

        value = self.value

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "history": history,
                "name": name,
                "since": since,
                "value": value,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.assignment import Assignment

        d = dict(src_dict)
        by = d.pop("by")

        history = []
        _history = d.pop("history")
        for history_item_data in _history:
            history_item = Assignment.from_dict(history_item_data)

            history.append(history_item)

        name = d.pop("name")

        since = datetime.datetime.fromisoformat(d.pop("since"))

        value = d.pop("value")

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        resource = cls(
            by=by,
            history=history,
            name=name,
            since=since,
            value=value,
            reason=reason,
        )

        resource.additional_properties = d
        return resource

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
