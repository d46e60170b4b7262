from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.problem_type import ProblemType, check_problem_type

T = TypeVar("T", bound="NodeCause")


@_attrs_define
class NodeCause:
    """Why one of several nodes did not take it.

    Example:
        {'detail': 'node2: connection refused', 'node': 'node2', 'type': '/problems/node-unreachable'}

    Attributes:
        detail (str): What is wrong.
        node (str): The node's name.
        type_ (ProblemType): What kind of problem it is. The list is closed: a client can decide by it.
    """

    detail: str
    node: str
    type_: ProblemType
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        detail = self.detail

        node = self.node

        type_: str = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "detail": detail,
                "node": node,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        detail = d.pop("detail")

        node = d.pop("node")

        type_ = check_problem_type(d.pop("type"))

        node_cause = cls(
            detail=detail,
            node=node,
            type_=type_,
        )

        node_cause.additional_properties = d
        return node_cause

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
