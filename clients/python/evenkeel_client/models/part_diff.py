from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.part_change import PartChange, check_part_change

T = TypeVar("T", bound="PartDiff")


@_attrs_define
class PartDiff:
    """A part of a configuration that two revisions have not in common.

    Example:
        {'change': 'changed', 'diff': '@@ -1 +1 @@\\n-80\\n+8080\\n', 'part': 'macros.PORT'}

    Attributes:
        change (PartChange): What happened to a part.
        diff (str): The lines that differ, with some around them, as `diff -u` shows them.
        part (str): `userconfig`, `macros.NAME` or `scripts.NAME`.
    """

    change: PartChange
    diff: str
    part: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        change: str = self.change

        diff = self.diff

        part = self.part

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "change": change,
                "diff": diff,
                "part": part,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        change = check_part_change(d.pop("change"))

        diff = d.pop("diff")

        part = d.pop("part")

        part_diff = cls(
            change=change,
            diff=diff,
            part=part,
        )

        part_diff.additional_properties = d
        return part_diff

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
