from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.problem import Problem
    from ..models.webhook_answer import WebhookAnswer


T = TypeVar("T", bound="NodeWebhookTrial")


@_attrs_define
class NodeWebhookTrial:
    """What the receiver did with one node's test.

    Example:
        {'answer': {'at': '2026-11-23T02:00:00.000Z', 'status': 204, 'time_ms': 12}, 'node': 'node1'}

    Attributes:
        node (str): The node's name.
        answer (None | Unset | WebhookAnswer):
        problem (None | Problem | Unset):
    """

    node: str
    answer: None | Unset | WebhookAnswer = UNSET
    problem: None | Problem | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem import Problem
        from ..models.webhook_answer import WebhookAnswer

        node = self.node

        answer: dict[str, Any] | None | Unset
        if isinstance(self.answer, Unset):
            answer = UNSET
        elif isinstance(self.answer, WebhookAnswer):
            answer = self.answer.to_dict()
        else:
            answer = self.answer

        problem: dict[str, Any] | None | Unset
        if isinstance(self.problem, Unset):
            problem = UNSET
        elif isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "node": node,
            }
        )
        if answer is not UNSET:
            field_dict["answer"] = answer
        if problem is not UNSET:
            field_dict["problem"] = problem

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.problem import Problem
        from ..models.webhook_answer import WebhookAnswer

        d = dict(src_dict)
        node = d.pop("node")

        def _parse_answer(data: object) -> None | Unset | WebhookAnswer:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                answer_type_0 = WebhookAnswer.from_dict(data)

                return answer_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookAnswer, data)

        answer = _parse_answer(d.pop("answer", UNSET))

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

        node_webhook_trial = cls(
            node=node,
            answer=answer,
            problem=problem,
        )

        node_webhook_trial.additional_properties = d
        return node_webhook_trial

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
