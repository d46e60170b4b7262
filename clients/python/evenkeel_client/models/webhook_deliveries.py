from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.webhook_answer import WebhookAnswer


T = TypeVar("T", bound="WebhookDeliveries")


@_attrs_define
class WebhookDeliveries:
    """What became of a node's events for a webhook, since the node's daemon was started.

    Example:
        {'delivered': 17, 'dropped': 0, 'failed': 0, 'gone': False, 'last': {'at': '2026-11-23T02:00:00.000Z', 'status':
            204, 'time_ms': 12}, 'waiting': 0}

    Attributes:
        delivered (int): Events that it has.
        dropped (int): Events that were never delivered because more than 1000 waited, or the webhook was disabled.
        failed (int): Events that were given up after 6 hours of tries, or because the receiver wants no more.
        gone (bool): The receiver answered 410: it wants no more. The webhook's next change, or start of the daemon,
            tries again.
        waiting (int): Events that the receiver does not have yet.
        last (None | Unset | WebhookAnswer):
    """

    delivered: int
    dropped: int
    failed: int
    gone: bool
    waiting: int
    last: None | Unset | WebhookAnswer = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.webhook_answer import WebhookAnswer

        delivered = self.delivered

        dropped = self.dropped

        failed = self.failed

        gone = self.gone

        waiting = self.waiting

        last: dict[str, Any] | None | Unset
        if isinstance(self.last, Unset):
            last = UNSET
        elif isinstance(self.last, WebhookAnswer):
            last = self.last.to_dict()
        else:
            last = self.last

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "delivered": delivered,
                "dropped": dropped,
                "failed": failed,
                "gone": gone,
                "waiting": waiting,
            }
        )
        if last is not UNSET:
            field_dict["last"] = last

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.webhook_answer import WebhookAnswer

        d = dict(src_dict)
        delivered = d.pop("delivered")

        dropped = d.pop("dropped")

        failed = d.pop("failed")

        gone = d.pop("gone")

        waiting = d.pop("waiting")

        def _parse_last(data: object) -> None | Unset | WebhookAnswer:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                last_type_0 = WebhookAnswer.from_dict(data)

                return last_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookAnswer, data)

        last = _parse_last(d.pop("last", UNSET))

        webhook_deliveries = cls(
            delivered=delivered,
            dropped=dropped,
            failed=failed,
            gone=gone,
            waiting=waiting,
            last=last,
        )

        webhook_deliveries.additional_properties = d
        return webhook_deliveries

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
