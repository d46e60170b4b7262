from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.certificate_at_node import CertificateAtNode


T = TypeVar("T", bound="CertificateList")


@_attrs_define
class CertificateList:
    """The certificates of all nodes.

    Example:
        {'complete': True, 'nodes': [{'certificate': {'authorities':
            ['9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24:2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2'],
            'fingerprint':
            '2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24', 'names':
            ['node1'], 'node': 'node1', 'not_after': '2027-11-23T02:00:00.000Z', 'not_before': '2026-11-22T02:00:00.000Z'},
            'node': 'node1'}]}

    Attributes:
        complete (bool): Whether every node answered.
        nodes (list[CertificateAtNode]): By the order of the cluster.
    """

    complete: bool
    nodes: list[CertificateAtNode]
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
        from ..models.certificate_at_node import CertificateAtNode

        d = dict(src_dict)
        complete = d.pop("complete")

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = CertificateAtNode.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        certificate_list = cls(
            complete=complete,
            nodes=nodes,
        )

        certificate_list.additional_properties = d
        return certificate_list

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
