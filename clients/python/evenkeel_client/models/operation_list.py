from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.operation import Operation
    from ..models.unreachable_node import UnreachableNode


T = TypeVar("T", bound="OperationList")


@_attrs_define
class OperationList:
    """Operations on a module, the newest first.

    Example:
        {'operations': [{'action': 'restart', 'by': 'admin', 'ended_at': '2026-11-23T02:01:00.456Z', 'id': 3, 'module':
            'web', 'node': 'node1', 'started_at': '2026-11-23T02:00:00.123Z', 'state': 'succeeded', 'steps': [{'node':
            'node1', 'state': 'done'}]}], 'unreachable': []}

    Attributes:
        operations (list[Operation]): Those that are kept: the hundred newest of each node.
        unreachable (list[UnreachableNode]): Nodes whose operations are missing here.
    """

    operations: list[Operation]
    unreachable: list[UnreachableNode]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        operations = []
        for operations_item_data in self.operations:
            operations_item = operations_item_data.to_dict()
            operations.append(operations_item)

        unreachable = []
        for unreachable_item_data in self.unreachable:
            unreachable_item = unreachable_item_data.to_dict()
            unreachable.append(unreachable_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "operations": operations,
                "unreachable": unreachable,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.operation import Operation
        from ..models.unreachable_node import UnreachableNode

        d = dict(src_dict)
        operations = []
        _operations = d.pop("operations")
        for operations_item_data in _operations:
            operations_item = Operation.from_dict(operations_item_data)

            operations.append(operations_item)

        unreachable = []
        _unreachable = d.pop("unreachable")
        for unreachable_item_data in _unreachable:
            unreachable_item = UnreachableNode.from_dict(unreachable_item_data)

            unreachable.append(unreachable_item)

        operation_list = cls(
            operations=operations,
            unreachable=unreachable,
        )

        operation_list.additional_properties = d
        return operation_list

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
