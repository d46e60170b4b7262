from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.problem import Problem


T = TypeVar("T", bound="UnreachableNode")


@_attrs_define
class UnreachableNode:
    """A node that did not answer, and why.

    Example:
        {'node': 'node2', 'problem': {'detail': 'node2: connection refused', 'status': 502, 'title': 'The node cannot be
            reached', 'type': '/problems/node-unreachable'}}

    Attributes:
        node (str): The node's name.
        problem (Problem): An error as RFC 9457 has it. Example: {'detail': 'module web is UP Ready; start is possible
            in STOP (NotReady)', 'status': 409, 'title': 'Not possible in this state', 'type': '/problems/wrong-state'}.
    """

    node: str
    problem: Problem
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        node = self.node

        problem = self.problem.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "node": node,
                "problem": problem,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.problem import Problem

        d = dict(src_dict)
        node = d.pop("node")

        problem = Problem.from_dict(d.pop("problem"))

        unreachable_node = cls(
            node=node,
            problem=problem,
        )

        unreachable_node.additional_properties = d
        return unreachable_node

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
