from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Replays")


@_attrs_define
class Replays:
    """Requests for TCP connections (SYN) that another node was to answer, and what became of those whose node
    was lost just then, or whose bucket was between two owners: so that no client waits for its own timer.

        Example:
            {'answered': 2, 'crowded_out': 0, 'failed': 0, 'handed_on': 0, 'kept': 48211, 'repeated': 1, 'taken_in': 31}

        Attributes:
            answered (int): Not replayed: the client was answered before.
            crowded_out (int): Gone within the second, because there were too many.
            failed (int): Not replayed: damaged, or it could not be sent.
            handed_on (int): Sent to the new owner.
            kept (int): Kept for a second; most are answered by their node meanwhile.
            repeated (int): Not replayed: the client had asked again by itself.
            taken_in (int): Answered by this node, after it became the owner.
    """

    answered: int
    crowded_out: int
    failed: int
    handed_on: int
    kept: int
    repeated: int
    taken_in: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answered = self.answered

        crowded_out = self.crowded_out

        failed = self.failed

        handed_on = self.handed_on

        kept = self.kept

        repeated = self.repeated

        taken_in = self.taken_in

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answered": answered,
                "crowded_out": crowded_out,
                "failed": failed,
                "handed_on": handed_on,
                "kept": kept,
                "repeated": repeated,
                "taken_in": taken_in,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answered = d.pop("answered")

        crowded_out = d.pop("crowded_out")

        failed = d.pop("failed")

        handed_on = d.pop("handed_on")

        kept = d.pop("kept")

        repeated = d.pop("repeated")

        taken_in = d.pop("taken_in")

        replays = cls(
            answered=answered,
            crowded_out=crowded_out,
            failed=failed,
            handed_on=handed_on,
            kept=kept,
            repeated=repeated,
            taken_in=taken_in,
        )

        replays.additional_properties = d
        return replays

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
