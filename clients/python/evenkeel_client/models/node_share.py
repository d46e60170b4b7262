from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="NodeShare")


@_attrs_define
class NodeShare:
    """A node's share of a group.

    Example:
        {'buckets': 2048, 'flows_opened': 1000, 'measured_percent': 49.75, 'node': 'node1', 'percent': 50.0, 'power': 1}

    Attributes:
        buckets (int): Its buckets, of 4096, in the newest epoch that a node has in force; zero for a node that is
            no member.
        node (str): The node's name.
        percent (float): The same in percent.
        power (int): Its power as configured.
        flows_opened (int | None | Unset): Flows that it opened since it opened its traffic; absent where its state
            could not be had.
        measured_percent (float | None | Unset): The same in percent of the flows of all nodes that are counted; absent
            while there are none.
    """

    buckets: int
    node: str
    percent: float
    power: int
    flows_opened: int | None | Unset = UNSET
    measured_percent: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        buckets = self.buckets

        node = self.node

        percent = self.percent

        power = self.power

        flows_opened: int | None | Unset
        if isinstance(self.flows_opened, Unset):
            flows_opened = UNSET
        else:
            flows_opened = self.flows_opened

        measured_percent: float | None | Unset
        if isinstance(self.measured_percent, Unset):
            measured_percent = UNSET
        else:
            measured_percent = self.measured_percent

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "buckets": buckets,
                "node": node,
                "percent": percent,
                "power": power,
            }
        )
        if flows_opened is not UNSET:
            field_dict["flows_opened"] = flows_opened
        if measured_percent is not UNSET:
            field_dict["measured_percent"] = measured_percent

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        buckets = d.pop("buckets")

        node = d.pop("node")

        percent = d.pop("percent")

        power = d.pop("power")

        def _parse_flows_opened(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        flows_opened = _parse_flows_opened(d.pop("flows_opened", UNSET))

        def _parse_measured_percent(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        measured_percent = _parse_measured_percent(d.pop("measured_percent", UNSET))

        node_share = cls(
            buckets=buckets,
            node=node,
            percent=percent,
            power=power,
            flows_opened=flows_opened,
            measured_percent=measured_percent,
        )

        node_share.additional_properties = d
        return node_share

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
