from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.operation_state import OperationState, check_operation_state
from ..models.rolling_action import RollingAction, check_rolling_action
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.operation_step import OperationStep


T = TypeVar("T", bound="Operation")


@_attrs_define
class Operation:
    """A rolling operation.

    Example:
        {'action': 'restart', 'by': 'admin', 'detail': 'node2: wrong-state: module web is WAIT NotReady', 'ended_at':
            '2026-11-23T02:01:00.456Z', 'id': 3, 'module': 'web', 'node': 'node1', 'started_at': '2026-11-23T02:00:00.123Z',
            'state': 'failed', 'steps': [{'node': 'node1', 'state': 'done'}, {'node': 'node2', 'state': 'failed'}]}

    Attributes:
        action (RollingAction): What is done to each node's application in a rolling operation. Example: restart.
        by (str): Who asked.
        id (int): Its number on the node that carries it out.
        module (str): The module.
        node (str): The node that carries it out.
        started_at (datetime.datetime): When it began.
        state (OperationState): Where an operation is. Example: running.
        steps (list[OperationStep]): One per node, in the order in which they are gone through.
        detail (None | str | Unset): Why it ended early.
        ended_at (datetime.datetime | None | Unset): When it ended.
    """

    action: RollingAction
    by: str
    id: int
    module: str
    node: str
    started_at: datetime.datetime
    state: OperationState
    steps: list[OperationStep]
    detail: None | str | Unset = UNSET
    ended_at: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action: str = self.action

        by = self.by

        id = self.id

        module = self.module

        node = self.node

        started_at = self.started_at.isoformat()

        state: str = self.state

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        detail: None | str | Unset
        if isinstance(self.detail, Unset):
            detail = UNSET
        else:
            detail = self.detail

        ended_at: None | str | Unset
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        elif isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "by": by,
                "id": id,
                "module": module,
                "node": node,
                "started_at": started_at,
                "state": state,
                "steps": steps,
            }
        )
        if detail is not UNSET:
            field_dict["detail"] = detail
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.operation_step import OperationStep

        d = dict(src_dict)
        action = check_rolling_action(d.pop("action"))

        by = d.pop("by")

        id = d.pop("id")

        module = d.pop("module")

        node = d.pop("node")

        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))

        state = check_operation_state(d.pop("state"))

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = OperationStep.from_dict(steps_item_data)

            steps.append(steps_item)

        def _parse_detail(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        detail = _parse_detail(d.pop("detail", UNSET))

        def _parse_ended_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        operation = cls(
            action=action,
            by=by,
            id=id,
            module=module,
            node=node,
            started_at=started_at,
            state=state,
            steps=steps,
            detail=detail,
            ended_at=ended_at,
        )

        operation.additional_properties = d
        return operation

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
