from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.group_buckets import GroupBuckets


T = TypeVar("T", bound="ModuleBuckets")


@_attrs_define
class ModuleBuckets:
    """Who owns the buckets of a module's groups, as seen from one node.

    Example:
        {'epoch': '7.0', 'groups': [{'name': 'http', 'runs': [{'count': 2048, 'first': 0, 'owner': 'node1', 'state':
            'mine'}, {'count': 2048, 'first': 2048, 'owner': 'node2', 'state': 'foreign'}]}], 'module': 'web', 'node':
            'node1'}

    Attributes:
        groups (list[GroupBuckets]): The groups asked for, in the order of the configuration.
        module (str): The module.
        node (str): The node's name.
        epoch (None | str | Unset): The epoch of the tables in force; absent before the first, when every bucket is
            closed.
    """

    groups: list[GroupBuckets]
    module: str
    node: str
    epoch: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        groups = []
        for groups_item_data in self.groups:
            groups_item = groups_item_data.to_dict()
            groups.append(groups_item)

        module = self.module

        node = self.node

        epoch: None | str | Unset
        if isinstance(self.epoch, Unset):
            epoch = UNSET
        else:
            epoch = self.epoch

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "groups": groups,
                "module": module,
                "node": node,
            }
        )
        if epoch is not UNSET:
            field_dict["epoch"] = epoch

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.group_buckets import GroupBuckets

        d = dict(src_dict)
        groups = []
        _groups = d.pop("groups")
        for groups_item_data in _groups:
            groups_item = GroupBuckets.from_dict(groups_item_data)

            groups.append(groups_item)

        module = d.pop("module")

        node = d.pop("node")

        def _parse_epoch(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        epoch = _parse_epoch(d.pop("epoch", UNSET))

        module_buckets = cls(
            groups=groups,
            module=module,
            node=node,
            epoch=epoch,
        )

        module_buckets.additional_properties = d
        return module_buckets

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
