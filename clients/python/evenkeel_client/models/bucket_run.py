from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bucket_state import BucketState, check_bucket_state
from ..types import UNSET, Unset

T = TypeVar("T", bound="BucketRun")


@_attrs_define
class BucketRun:
    """Buckets in a row that have owner and state in common.

    Example:
        {'count': 2048, 'first': 0, 'flows_opened': 1000, 'owner': 'node1', 'previous_owner': 'node2', 'state':
            'migrating'}

    Attributes:
        count (int): How many there are, 1 to 4096.
        first (int): The number of the first one, 0 to 4095.
        state (BucketState): The state of a bucket where packets pass on a node.
        flows_opened (int | None | Unset): Flows opened in them on this node since it opened its traffic, where asked
            for.
        owner (None | str | Unset): The owner's name; absent: nobody's.
        previous_owner (None | str | Unset): Who owned them before and may still hold connections of them (`migrating`).
    """

    count: int
    first: int
    state: BucketState
    flows_opened: int | None | Unset = UNSET
    owner: None | str | Unset = UNSET
    previous_owner: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        count = self.count

        first = self.first

        state: str = self.state

        flows_opened: int | None | Unset
        if isinstance(self.flows_opened, Unset):
            flows_opened = UNSET
        else:
            flows_opened = self.flows_opened

        owner: None | str | Unset
        if isinstance(self.owner, Unset):
            owner = UNSET
        else:
            owner = self.owner

        previous_owner: None | str | Unset
        if isinstance(self.previous_owner, Unset):
            previous_owner = UNSET
        else:
            previous_owner = self.previous_owner

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "count": count,
                "first": first,
                "state": state,
            }
        )
        if flows_opened is not UNSET:
            field_dict["flows_opened"] = flows_opened
        if owner is not UNSET:
            field_dict["owner"] = owner
        if previous_owner is not UNSET:
            field_dict["previous_owner"] = previous_owner

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        count = d.pop("count")

        first = d.pop("first")

        state = check_bucket_state(d.pop("state"))

        def _parse_flows_opened(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        flows_opened = _parse_flows_opened(d.pop("flows_opened", UNSET))

        def _parse_owner(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        owner = _parse_owner(d.pop("owner", UNSET))

        def _parse_previous_owner(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        previous_owner = _parse_previous_owner(d.pop("previous_owner", UNSET))

        bucket_run = cls(
            count=count,
            first=first,
            state=state,
            flows_opened=flows_opened,
            owner=owner,
            previous_owner=previous_owner,
        )

        bucket_run.additional_properties = d
        return bucket_run

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
