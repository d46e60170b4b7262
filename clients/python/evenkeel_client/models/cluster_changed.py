from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.node_result import NodeResult


T = TypeVar("T", bound="ClusterChanged")


@_attrs_define
class ClusterChanged:
    """The nodes of the cluster are others, or its LANs.

    Example:
        {'complete': True, 'nodes': [{'node': 'node1', 'ok': True}, {'node': 'node2', 'ok': True}], 'revision': 1}

    Attributes:
        complete (bool): Whether every node has the configuration in force. All have accepted it; who lacks it takes it
            by itself.
        nodes (list[NodeResult]): One per node that stays.
        revision (int): How often nodes and LANs came and went, this change among them.
    """

    complete: bool
    nodes: list[NodeResult]
    revision: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        complete = self.complete

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

        revision = self.revision

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "complete": complete,
                "nodes": nodes,
                "revision": revision,
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

        revision = d.pop("revision")

        cluster_changed = cls(
            complete=complete,
            nodes=nodes,
            revision=revision,
        )

        cluster_changed.additional_properties = d
        return cluster_changed

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
