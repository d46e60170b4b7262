from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.node_status import NodeStatus
    from ..models.problem import Problem


T = TypeVar("T", bound="NodeEntry")


@_attrs_define
class NodeEntry:
    """One node of the list: its state, or why it could not be had.

    Example:
        {'node': 'node2', 'problem': {'detail': 'node2: connection refused', 'status': 502, 'title': 'The node cannot be
            reached', 'type': '/problems/node-unreachable'}}

    Attributes:
        node (str): The node's name.
        problem (None | Problem | Unset):
        status (NodeStatus | None | Unset):
    """

    node: str
    problem: None | Problem | Unset = UNSET
    status: NodeStatus | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.node_status import NodeStatus
        from ..models.problem import Problem

        node = self.node

        problem: dict[str, Any] | None | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        elif isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        status: dict[str, Any] | None | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, NodeStatus):
            status = self.status.to_dict()
        else:
            status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "node": node,
            }
        )
        if problem is not UNSET:
            field_dict["problem"] = problem
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.node_status import NodeStatus
        from ..models.problem import Problem

        d = dict(src_dict)
        node = d.pop("node")

        def _parse_problem(data: object) -> None | Problem | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                problem_type_0 = Problem.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Problem | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        def _parse_status(data: object) -> NodeStatus | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                status_type_0 = NodeStatus.from_dict(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NodeStatus | None | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        node_entry = cls(
            node=node,
            problem=problem,
            status=status,
        )

        node_entry.additional_properties = d
        return node_entry

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
