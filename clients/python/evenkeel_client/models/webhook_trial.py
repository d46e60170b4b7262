from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_webhook_trial import NodeWebhookTrial


T = TypeVar("T", bound="WebhookTrial")


@_attrs_define
class WebhookTrial:
    """What the receiver did with each node's test. From at least one node it took it; else the answer is a problem.

    Example:
        {'complete': True, 'nodes': [{'answer': {'at': '2026-11-23T02:00:00.000Z', 'status': 204, 'time_ms': 12},
            'node': 'node1'}]}

    Attributes:
        complete (bool): Whether the receiver took it from every node.
        nodes (list[NodeWebhookTrial]): One per node, in the order of the cluster.
    """

    complete: bool
    nodes: list[NodeWebhookTrial]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        complete = self.complete

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "complete": complete,
                "nodes": nodes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_webhook_trial import NodeWebhookTrial

        d = dict(src_dict)
        complete = d.pop("complete")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeWebhookTrial.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        webhook_trial = cls(
            complete=complete,
            nodes=nodes,
        )

        webhook_trial.additional_properties = d
        return webhook_trial

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
