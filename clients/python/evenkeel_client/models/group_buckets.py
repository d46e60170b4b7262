from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bucket_run import BucketRun


T = TypeVar("T", bound="GroupBuckets")


@_attrs_define
class GroupBuckets:
    """The buckets of a group.

    Example:
        {'name': 'http', 'runs': [{'count': 2048, 'first': 0, 'owner': 'node1', 'state': 'mine'}, {'count': 2048,
            'first': 2048, 'owner': 'node2', 'state': 'foreign'}]}

    Attributes:
        name (str): Its name.
        runs (list[BucketRun]): Neighbouring buckets of the same owner and state, in order; together they are all 4096.
    """

    name: str
    runs: list[BucketRun]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        runs = []
        for runs_item_data in self.runs:
            runs_item = runs_item_data.to_dict()
            runs.append(runs_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "runs": runs,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.bucket_run import BucketRun

        d = dict(src_dict)
        name = d.pop("name")

        runs = []
        _runs = d.pop("runs")
        for runs_item_data in _runs:
            runs_item = BucketRun.from_dict(runs_item_data)

            runs.append(runs_item)

        group_buckets = cls(
            name=name,
            runs=runs,
        )

        group_buckets.additional_properties = d
        return group_buckets

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
