from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Probed")


@_attrs_define
class Probed:
    """Liveness probes that a node was asked by, by what became of them.

    Example:
        {'answered': 24000, 'foreign': 0, 'forged': 0, 'malformed': 0, 'replayed': 0}

    Attributes:
        answered (int): Answered.
        foreign (int): For another node, or from no node.
        forged (int): With a wrong authentication code.
        malformed (int): Not decodable, or of another version.
        replayed (int): Seen before.
    """

    answered: int
    foreign: int
    forged: int
    malformed: int
    replayed: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answered = self.answered

        foreign = self.foreign

        forged = self.forged

        malformed = self.malformed

        replayed = self.replayed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answered": answered,
                "foreign": foreign,
                "forged": forged,
                "malformed": malformed,
                "replayed": replayed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answered = d.pop("answered")

        foreign = d.pop("foreign")

        forged = d.pop("forged")

        malformed = d.pop("malformed")

        replayed = d.pop("replayed")

        probed = cls(
            answered=answered,
            foreign=foreign,
            forged=forged,
            malformed=malformed,
            replayed=replayed,
        )

        probed.additional_properties = d
        return probed

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
