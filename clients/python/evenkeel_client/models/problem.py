from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.problem_type import ProblemType, check_problem_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.config_problem import ConfigProblem
    from ..models.node_cause import NodeCause


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """An error as RFC 9457 has it.

    Example:
        {'detail': 'module web is UP Ready; start is possible in STOP (NotReady)', 'status': 409, 'title': 'Not possible
            in this state', 'type': '/problems/wrong-state'}

    Attributes:
        detail (str): What is wrong here and what would be right.
        status (int): The status code of the answer.
        title (str): The type in words.
        type_ (ProblemType): What kind of problem it is. The list is closed: a client can decide by it.
        nodes (list[NodeCause] | Unset): What each node said, where several were asked and none took it.
        problems (list[ConfigProblem] | Unset): Everything that is wrong with a configuration (`invalid-configuration`).
        retry_after_s (int | None | Unset): Seconds after which it is worth trying again (`too-many-attempts`).
    """

    detail: str
    status: int
    title: str
    type_: ProblemType
    nodes: list[NodeCause] | Unset = UNSET
    problems: list[ConfigProblem] | Unset = UNSET
    retry_after_s: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        detail = self.detail

        status = self.status

        title = self.title

        type_: str = self.type_

        nodes: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.nodes, Unset):
            nodes = []
            for nodes_item_data in self.nodes:
                nodes_item = nodes_item_data.to_dict()
                nodes.append(nodes_item)

        problems: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.problems, Unset):
            problems = []
            for problems_item_data in self.problems:
                problems_item = problems_item_data.to_dict()
                problems.append(problems_item)

        retry_after_s: int | None | Unset
        if isinstance(self.retry_after_s, Unset):
            retry_after_s = UNSET
        else:
            retry_after_s = self.retry_after_s

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "detail": detail,
                "status": status,
                "title": title,
                "type": type_,
            }
        )
        if nodes is not UNSET:
            field_dict["nodes"] = nodes
        if problems is not UNSET:
            field_dict["problems"] = problems
        if retry_after_s is not UNSET:
            field_dict["retry_after_s"] = retry_after_s

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.config_problem import ConfigProblem
        from ..models.node_cause import NodeCause

        d = dict(src_dict)
        detail = d.pop("detail")

        status = d.pop("status")

        title = d.pop("title")

        type_ = check_problem_type(d.pop("type"))

        _nodes = d.pop("nodes", UNSET)
        nodes: list[NodeCause] | Unset = UNSET
        if _nodes is not UNSET:
            nodes = []
            for nodes_item_data in _nodes:
                nodes_item = NodeCause.from_dict(nodes_item_data)

                nodes.append(nodes_item)

        _problems = d.pop("problems", UNSET)
        problems: list[ConfigProblem] | Unset = UNSET
        if _problems is not UNSET:
            problems = []
            for problems_item_data in _problems:
                problems_item = ConfigProblem.from_dict(problems_item_data)

                problems.append(problems_item)

        def _parse_retry_after_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        retry_after_s = _parse_retry_after_s(d.pop("retry_after_s", UNSET))

        problem = cls(
            detail=detail,
            status=status,
            title=title,
            type_=type_,
            nodes=nodes,
            problems=problems,
            retry_after_s=retry_after_s,
        )

        problem.additional_properties = d
        return problem

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
