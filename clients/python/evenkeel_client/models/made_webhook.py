from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.node_result import NodeResult
    from ..models.webhook import Webhook


T = TypeVar("T", bound="MadeWebhook")


@_attrs_define
class MadeWebhook:
    """A webhook that was made or changed.

    Example:
        {'complete': True, 'nodes': [{'generation': 42, 'node': 'node1', 'ok': True}], 'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'webhook': {'changed_at': '2026-11-23T02:00:00.000Z',
            'changed_by': 'admin', 'name': 'pager', 'settings': {'enabled': True, 'url':
            'https://pager.example.com/evenkeel'}}}

    Attributes:
        complete (bool): Whether every node has it.
        nodes (list[NodeResult]): One per node, in the order of the cluster.
        webhook (Webhook): A webhook. Example: {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'name':
            'pager', 'settings': {'enabled': True, 'events': ['state_changed'], 'url':
            'https://pager.example.com/evenkeel'}}.
        secret (None | str | Unset): The secret that was made up for it, for the receiver: it is shown this once. Absent
            where the caller
            gave one, or it stays as it was.
    """

    complete: bool
    nodes: list[NodeResult]
    webhook: Webhook
    secret: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        complete = self.complete

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        webhook = self.webhook.to_dict()

        secret: None | str | Unset
        if isinstance(self.secret, Unset):
            secret = UNSET
        else:
            secret = self.secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "complete": complete,
                "nodes": nodes,
                "webhook": webhook,
            }
        )
        if secret is not UNSET:
            field_dict["secret"] = secret

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_result import NodeResult
        from ..models.webhook import Webhook

        d = dict(src_dict)
        complete = d.pop("complete")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeResult.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        webhook = Webhook.from_dict(d.pop("webhook"))

        def _parse_secret(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        secret = _parse_secret(d.pop("secret", UNSET))

        made_webhook = cls(
            complete=complete,
            nodes=nodes,
            webhook=webhook,
            secret=secret,
        )

        made_webhook.additional_properties = d
        return made_webhook

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
