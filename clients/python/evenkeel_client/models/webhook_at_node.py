from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.problem import Problem
    from ..models.webhook_deliveries import WebhookDeliveries


T = TypeVar("T", bound="WebhookAtNode")


@_attrs_define
class WebhookAtNode:
    """What became of one node's events.

    Example:
        {'deliveries': {'delivered': 17, 'dropped': 0, 'failed': 0, 'gone': False, 'waiting': 0}, 'node': 'node1'}

    Attributes:
        node (str): The node's name.
        deliveries (None | Unset | WebhookDeliveries):
        problem (None | Problem | Unset):
    """

    node: str
    deliveries: None | Unset | WebhookDeliveries = UNSET
    problem: None | Problem | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem import Problem
        from ..models.webhook_deliveries import WebhookDeliveries

        node = self.node

        deliveries: dict[str, Any] | None | Unset
        if isinstance(self.deliveries, Unset):
            deliveries = UNSET
        elif isinstance(self.deliveries, WebhookDeliveries):
            deliveries = self.deliveries.to_dict()
        else:
            deliveries = self.deliveries

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
        if deliveries is not UNSET:
            field_dict["deliveries"] = deliveries
        if problem is not UNSET:
            field_dict["problem"] = problem

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.problem import Problem
        from ..models.webhook_deliveries import WebhookDeliveries

        d = dict(src_dict)
        node = d.pop("node")

        def _parse_deliveries(data: object) -> None | Unset | WebhookDeliveries:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                deliveries_type_0 = WebhookDeliveries.from_dict(data)

                return deliveries_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookDeliveries, data)

        deliveries = _parse_deliveries(d.pop("deliveries", UNSET))

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

        webhook_at_node = cls(
            node=node,
            deliveries=deliveries,
            problem=problem,
        )

        webhook_at_node.additional_properties = d
        return webhook_at_node

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
