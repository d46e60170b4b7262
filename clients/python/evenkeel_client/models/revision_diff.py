from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.part_diff import PartDiff


T = TypeVar("T", bound="RevisionDiff")


@_attrs_define
class RevisionDiff:
    """How two revisions differ.

    Example:
        {'from': 3, 'module': 'web', 'parts': [{'change': 'changed', 'diff': '@@ -1 +1 @@\\n-80\\n+8080\\n', 'part':
            'macros.PORT'}], 'to': 4}

    Attributes:
        from_ (int): The revision with the lines that begin with `-`.
        module (str): The module.
        parts (list[PartDiff]): What is not the same in both; empty where all is.
        to (int): The revision with the lines that begin with `+`.
    """

    from_: int
    module: str
    parts: list[PartDiff]
    to: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_ = self.from_

        module = self.module

        parts = []
        for parts_item_data in self.parts:
            parts_item = parts_item_data.to_dict()
            parts.append(parts_item)

        to = self.to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from": from_,
                "module": module,
                "parts": parts,
                "to": to,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.part_diff import PartDiff

        d = dict(src_dict)
        from_ = d.pop("from")

        module = d.pop("module")

        parts = []
        _parts = d.pop("parts")
        for parts_item_data in _parts:
            parts_item = PartDiff.from_dict(parts_item_data)

            parts.append(parts_item)

        to = d.pop("to")

        revision_diff = cls(
            from_=from_,
            module=module,
            parts=parts,
            to=to,
        )

        revision_diff.additional_properties = d
        return revision_diff

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
