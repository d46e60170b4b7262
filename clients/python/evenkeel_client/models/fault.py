from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.cut_way import CutWay, check_cut_way
from ..models.fault_kind import FaultKind, check_fault_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="Fault")


@_attrs_define
class Fault:
    """A fault.

    Example:
        {'begins_at': '2026-11-24T03:00:00.200Z', 'ends_at': '2026-11-24T03:00:05.200Z', 'id': 1, 'kind': 'cut', 'lan':
            'default', 'node': 'node1', 'way': 'both'}

    Attributes:
        begins_at (datetime.datetime): When it begins.
        id (int): Its number on this node since the daemon was started, from 1.
        kind (FaultKind): What a fault does. Example: cut.
        node (str): The node.
        ends_at (datetime.datetime | None | Unset): When it ends; who kills a daemon does not know who starts it again.
        lan (None | str | Unset): The LAN that is cut (`cut`).
        way (CutWay | None | Unset):
    """

    begins_at: datetime.datetime
    id: int
    kind: FaultKind
    node: str
    ends_at: datetime.datetime | None | Unset = UNSET
    lan: None | str | Unset = UNSET
    way: CutWay | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        begins_at = self.begins_at.isoformat()

        id = self.id

        kind: str = self.kind

        node = self.node

        ends_at: None | str | Unset
        if isinstance(self.ends_at, Unset):
            ends_at = UNSET
        elif isinstance(self.ends_at, datetime.datetime):
            ends_at = self.ends_at.isoformat()
        else:
            ends_at = self.ends_at

        lan: None | str | Unset
        if isinstance(self.lan, Unset):
            lan = UNSET
        else:
            lan = self.lan

        way: None | str | Unset
        if isinstance(self.way, Unset):
            way = UNSET
        elif isinstance(self.way, str):
            way = self.way
        else:
            way = self.way

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "begins_at": begins_at,
                "id": id,
                "kind": kind,
                "node": node,
            }
        )
        if ends_at is not UNSET:
            field_dict["ends_at"] = ends_at
        if lan is not UNSET:
            field_dict["lan"] = lan
        if way is not UNSET:
            field_dict["way"] = way

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        begins_at = datetime.datetime.fromisoformat(d.pop("begins_at"))

        id = d.pop("id")

        kind = check_fault_kind(d.pop("kind"))

        node = d.pop("node")

        def _parse_ends_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ends_at_type_0 = datetime.datetime.fromisoformat(data)

                return ends_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        ends_at = _parse_ends_at(d.pop("ends_at", UNSET))

        def _parse_lan(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        lan = _parse_lan(d.pop("lan", UNSET))

        def _parse_way(data: object) -> CutWay | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                way_type_0 = check_cut_way(data)

                return way_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CutWay | None | Unset, data)

        way = _parse_way(d.pop("way", UNSET))

        fault = cls(
            begins_at=begins_at,
            id=id,
            kind=kind,
            node=node,
            ends_at=ends_at,
            lan=lan,
            way=way,
        )

        fault.additional_properties = d
        return fault

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
