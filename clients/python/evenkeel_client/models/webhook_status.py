from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.webhook import Webhook
    from ..models.webhook_at_node import WebhookAtNode


T = TypeVar("T", bound="WebhookStatus")


@_attrs_define
class WebhookStatus:
    """A webhook at all nodes.

    Example:
        {'complete': True, 'nodes': [{'deliveries': {'delivered': 17, 'dropped': 0, 'failed': 0, 'gone': False,
            'waiting': 0}, 'node': 'node1'}], 'webhook': {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin',
            'name': 'pager', 'settings': {'enabled': True, 'url': 'https://pager.example.com/evenkeel'}}}

    Attributes:
        complete (bool): Whether every node has it like this.
        nodes (list[WebhookAtNode]): One per node, in the order of the cluster.
        webhook (Webhook): A webhook. Example: {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'name':
            'pager', 'settings': {'enabled': True, 'events': ['state_changed'], 'url':
            'https://pager.example.com/evenkeel'}}.
    """

    complete: bool
    nodes: list[WebhookAtNode]
    webhook: Webhook
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        complete = self.complete

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        webhook = self.webhook.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "complete": complete,
                "nodes": nodes,
                "webhook": webhook,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.webhook import Webhook
        from ..models.webhook_at_node import WebhookAtNode

        d = dict(src_dict)
        complete = d.pop("complete")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = WebhookAtNode.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        webhook = Webhook.from_dict(d.pop("webhook"))

        webhook_status = cls(
            complete=complete,
            nodes=nodes,
            webhook=webhook,
        )

        webhook_status.additional_properties = d
        return webhook_status

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
