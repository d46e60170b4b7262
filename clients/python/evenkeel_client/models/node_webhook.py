from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.webhook import Webhook
    from ..models.webhook_deliveries import WebhookDeliveries


T = TypeVar("T", bound="NodeWebhook")


@_attrs_define
class NodeWebhook:
    """A webhook at a node.

    Example:
        {'deliveries': {'delivered': 17, 'dropped': 0, 'failed': 0, 'gone': False, 'waiting': 0}, 'webhook':
            {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'name': 'pager', 'settings': {'enabled': True,
            'url': 'https://pager.example.com/evenkeel'}}}

    Attributes:
        deliveries (WebhookDeliveries): What became of a node's events for a webhook, since the node's daemon was
            started. Example: {'delivered': 17, 'dropped': 0, 'failed': 0, 'gone': False, 'last': {'at':
            '2026-11-23T02:00:00.000Z', 'status': 204, 'time_ms': 12}, 'waiting': 0}.
        webhook (Webhook): A webhook. Example: {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'name':
            'pager', 'settings': {'enabled': True, 'events': ['state_changed'], 'url':
            'https://pager.example.com/evenkeel'}}.
    """

    deliveries: WebhookDeliveries
    webhook: Webhook
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        deliveries = self.deliveries.to_dict()

        webhook = self.webhook.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "deliveries": deliveries,
                "webhook": webhook,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.webhook import Webhook
        from ..models.webhook_deliveries import WebhookDeliveries

        d = dict(src_dict)
        deliveries = WebhookDeliveries.from_dict(d.pop("deliveries"))

        webhook = Webhook.from_dict(d.pop("webhook"))

        node_webhook = cls(
            deliveries=deliveries,
            webhook=webhook,
        )

        node_webhook.additional_properties = d
        return node_webhook

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
