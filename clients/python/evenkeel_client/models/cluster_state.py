from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ClusterState")


@_attrs_define
class ClusterState:
    """Where a node is with the cluster's configuration.

    Example:
        {'configuration': '<cluster revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n  </lans>\\n</cluster>\\n',
            'leaving': False, 'revision': 1}

    Attributes:
        configuration (str): What is in force, as `cluster.xml`.
        leaving (bool): Whether that one is without this node: no module starts here.
        revision (int): How often nodes and LANs came and went as far as this one has it in force.
        next_ (int | None | Unset): The revision that it has accepted beside it.
    """

    configuration: str
    leaving: bool
    revision: int
    next_: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        configuration = self.configuration

        leaving = self.leaving

        revision = self.revision

        next_: int | None | Unset
        if isinstance(self.next_, Unset):
            next_ = UNSET
        else:
            next_ = self.next_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "configuration": configuration,
                "leaving": leaving,
                "revision": revision,
            }
        )
        if next_ is not UNSET:
            field_dict["next"] = next_

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        configuration = d.pop("configuration")

        leaving = d.pop("leaving")

        revision = d.pop("revision")

        def _parse_next_(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        next_ = _parse_next_(d.pop("next", UNSET))

        cluster_state = cls(
            configuration=configuration,
            leaving=leaving,
            revision=revision,
            next_=next_,
        )

        cluster_state.additional_properties = d
        return cluster_state

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
