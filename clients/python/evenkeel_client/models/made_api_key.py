from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.api_key import ApiKey
    from ..models.node_result import NodeResult


T = TypeVar("T", bound="MadeApiKey")


@_attrs_define
class MadeApiKey:
    """A key that was made, or that replaced another. The key is shown this once.

    Example:
        {'api_key': {'created_at': '2026-11-23T02:00:00Z', 'created_by': 'admin', 'expires_at': '2026-12-23T02:00:00Z',
            'modules': ['web'], 'name': 'nightly-failover', 'role': 'control'}, 'complete': True, 'key':
            'evk_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8', 'nodes': [{'generation': 42, 'node': 'node1', 'ok': True}]}

    Attributes:
        api_key (ApiKey): A key, without the key itself: that is shown once, when it is made. Example: {'created_at':
            '2026-11-23T02:00:00Z', 'created_by': 'admin', 'expires_at': '2026-12-23T02:00:00Z', 'modules': ['web'], 'name':
            'nightly-failover', 'role': 'control'}.
        complete (bool): Whether every node has it.
        key (str): The key: send it as `Authorization: Bearer <key>` to any node.
        nodes (list[NodeResult]): One per node, in the order of the cluster.
    """

    api_key: ApiKey
    complete: bool
    key: str
    nodes: list[NodeResult]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        api_key = self.api_key.to_dict()

        complete = self.complete

        key = self.key

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "api_key": api_key,
                "complete": complete,
                "key": key,
                "nodes": nodes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.api_key import ApiKey
        from ..models.node_result import NodeResult

        d = dict(src_dict)
        api_key = ApiKey.from_dict(d.pop("api_key"))

        complete = d.pop("complete")

        key = d.pop("key")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeResult.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        made_api_key = cls(
            api_key=api_key,
            complete=complete,
            key=key,
            nodes=nodes,
        )

        made_api_key.additional_properties = d
        return made_api_key

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
