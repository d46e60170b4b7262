from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="FlowOwner")


@_attrs_define
class FlowOwner:
    """Which node a flow belongs to, and why.

    Example:
        {'bucket': 1234, 'group': 'http', 'owner': 'node2', 'why': 'rule of group http; bucket 1234 of 4096 belongs to
            node2 in epoch 7.0'}

    Attributes:
        why (str): The same in a sentence.
        bucket (int | None | Unset): The bucket that it falls into, 0 to 4095.
        group (None | str | Unset): The group whose rule takes the flow; absent: no rule takes it.
        owner (None | str | Unset): The owner's name; absent: nobody's, packets are dropped.
    """

    why: str
    bucket: int | None | Unset = UNSET
    group: None | str | Unset = UNSET
    owner: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        why = self.why

        bucket: int | None | Unset
        if isinstance(self.bucket, Unset):
            bucket = UNSET
        else:
            bucket = self.bucket

        group: None | str | Unset
        if isinstance(self.group, Unset):
            group = UNSET
        else:
            group = self.group

        owner: None | str | Unset
        if isinstance(self.owner, Unset):
            owner = UNSET
        else:
            owner = self.owner

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "why": why,
            }
        )
        if bucket is not UNSET:
            field_dict["bucket"] = bucket
        if group is not UNSET:
            field_dict["group"] = group
        if owner is not UNSET:
            field_dict["owner"] = owner

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        why = d.pop("why")

        def _parse_bucket(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        bucket = _parse_bucket(d.pop("bucket", UNSET))

        def _parse_group(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        group = _parse_group(d.pop("group", UNSET))

        def _parse_owner(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        owner = _parse_owner(d.pop("owner", UNSET))

        flow_owner = cls(
            why=why,
            bucket=bucket,
            group=group,
            owner=owner,
        )

        flow_owner.additional_properties = d
        return flow_owner

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
