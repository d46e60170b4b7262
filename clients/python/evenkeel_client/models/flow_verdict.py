from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.flow_action import FlowAction, check_flow_action
from ..types import UNSET, Unset

T = TypeVar("T", bound="FlowVerdict")


@_attrs_define
class FlowVerdict:
    """What a node does with a packet.

    Example:
        {'action': 'forward', 'reason': 'forward_owner', 'to': 'node2'}

    Attributes:
        action (FlowAction): What a node does with a packet.
        reason (str): Why: the name of the counter that such a packet counts in.
        to (None | str | Unset): To whom it is forwarded.
    """

    action: FlowAction
    reason: str
    to: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action: str = self.action

        reason = self.reason

        to: None | str | Unset
        if isinstance(self.to, Unset):
            to = UNSET
        else:
            to = self.to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "reason": reason,
            }
        )
        if to is not UNSET:
            field_dict["to"] = to

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        action = check_flow_action(d.pop("action"))

        reason = d.pop("reason")

        def _parse_to(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        to = _parse_to(d.pop("to", UNSET))

        flow_verdict = cls(
            action=action,
            reason=reason,
            to=to,
        )

        flow_verdict.additional_properties = d
        return flow_verdict

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
