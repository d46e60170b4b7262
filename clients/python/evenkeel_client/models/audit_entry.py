from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AuditEntry")


@_attrs_define
class AuditEntry:
    """One entry of the audit trail.

    Example:
        {'at': '2026-11-23T02:00:00.123Z', 'caller': 'admin', 'id': 17, 'operation': 'start_module_on_node', 'outcome':
            'accepted', 'target': 'web'}

    Attributes:
        at (datetime.datetime): When.
        caller (str): Who: the user's name, as given at login where that failed.
        id (int): Grows with each entry of this node.
        operation (str): The operation's id in the API document.
        outcome (str): `accepted`, or the type of the problem.
        target (str): What it was done to.
    """

    at: datetime.datetime
    caller: str
    id: int
    operation: str
    outcome: str
    target: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        caller = self.caller

        id = self.id

        operation = self.operation

        outcome = self.outcome

        target = self.target

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "caller": caller,
                "id": id,
                "operation": operation,
                "outcome": outcome,
                "target": target,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        caller = d.pop("caller")

        id = d.pop("id")

        operation = d.pop("operation")

        outcome = d.pop("outcome")

        target = d.pop("target")

        audit_entry = cls(
            at=at,
            caller=caller,
            id=id,
            operation=operation,
            outcome=outcome,
            target=target,
        )

        audit_entry.additional_properties = d
        return audit_entry

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
