from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_kind import EventKind, check_event_kind

if TYPE_CHECKING:
    from ..models.feed_event import FeedEvent


T = TypeVar("T", bound="WebhookEvent")


@_attrs_define
class WebhookEvent:
    """What a webhook's receiver gets.

    Example:
        {'data': {'at': '2026-11-23T02:00:00.123Z', 'id': '4-17', 'kind': 'state_changed', 'level': 'normal', 'message':
            'Local state UP (Ready)', 'module': 'web', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready'}, 'timestamp':
            '2026-11-23T02:00:00.123Z', 'type': 'state_changed'}

    Attributes:
        data (FeedEvent): Something happened on a node. Which fields there are beside those of every event depends on
            its kind. Example: {'at': '2026-11-23T02:00:00.123Z', 'id': '4-17', 'kind': 'state_changed', 'level': 'normal',
            'message': 'Local state UP (Ready)', 'module': 'web', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready'}.
        timestamp (datetime.datetime): When it happened, by the node's clock.
        type_ (EventKind): What can happen. Example: state_changed.
    """

    data: FeedEvent
    timestamp: datetime.datetime
    type_: EventKind
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        data = self.data.to_dict()

        timestamp = self.timestamp.isoformat()

        type_: str = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "data": data,
                "timestamp": timestamp,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.feed_event import FeedEvent

        d = dict(src_dict)
        data = FeedEvent.from_dict(d.pop("data"))

        timestamp = datetime.datetime.fromisoformat(d.pop("timestamp"))

        type_ = check_event_kind(d.pop("type"))

        webhook_event = cls(
            data=data,
            timestamp=timestamp,
            type_=type_,
        )

        webhook_event.additional_properties = d
        return webhook_event

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
