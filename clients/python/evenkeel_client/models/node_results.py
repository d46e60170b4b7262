from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_result import NodeResult


T = TypeVar("T", bound="NodeResults")


@_attrs_define
class NodeResults:
    """What each node answered. At least one took it; when none did, the answer is a problem.

    Example:
        {'complete': True, 'nodes': [{'generation': 42, 'node': 'node1', 'ok': True}]}

    Attributes:
        complete (bool): Whether every node took it.
        nodes (list[NodeResult]): One per node asked, in the order of the cluster.
    """

    complete: bool
    nodes: list[NodeResult]
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
        from ..models.node_result import NodeResult

        d = dict(src_dict)
        complete = d.pop("complete")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeResult.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        node_results = cls(
            complete=complete,
            nodes=nodes,
        )

        node_results.additional_properties = d
        return node_results

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
