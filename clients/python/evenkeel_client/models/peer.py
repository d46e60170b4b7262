from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.peer_lan import PeerLan


T = TypeVar("T", bound="Peer")


@_attrs_define
class Peer:
    """Another node as this one hears it.

    Example:
        {'alive': True, 'id': 1, 'lans': [{'answered': 11998, 'asked': 12000, 'lan': 'default', 'last_heard_ms': 4,
            'reached': True, 'round_trip_us': 5100}], 'last_heard_ms': 12, 'name': 'node2', 'round_trip_us': 310}

    Attributes:
        alive (bool): Heard lately, and it hears this node.
        id (int): Its number, 0 to 63.
        lans (list[PeerLan]): What liveness probes say about it on each common LAN.
        name (str): Its name.
        last_heard_ms (int | None | Unset): Milliseconds since its last heartbeat; absent: never heard.
        round_trip_us (int | None | Unset): Microseconds of the last round trip, both daemons' delays included.
    """

    alive: bool
    id: int
    lans: list[PeerLan]
    name: str
    last_heard_ms: int | None | Unset = UNSET
    round_trip_us: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        alive = self.alive

        id = self.id

        lans = []
        for lans_item_data in self.lans:
            lans_item = lans_item_data.to_dict()
            lans.append(lans_item)

        name = self.name

        last_heard_ms: int | None | Unset
        if isinstance(self.last_heard_ms, Unset):
            last_heard_ms = UNSET
        else:
            last_heard_ms = self.last_heard_ms

        round_trip_us: int | None | Unset
        if isinstance(self.round_trip_us, Unset):
            round_trip_us = UNSET
        else:
            round_trip_us = self.round_trip_us

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "alive": alive,
                "id": id,
                "lans": lans,
                "name": name,
            }
        )
        if last_heard_ms is not UNSET:
            field_dict["last_heard_ms"] = last_heard_ms
        if round_trip_us is not UNSET:
            field_dict["round_trip_us"] = round_trip_us

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.peer_lan import PeerLan

        d = dict(src_dict)
        alive = d.pop("alive")

        id = d.pop("id")

        lans = []
        _lans = d.pop("lans")
        for lans_item_data in _lans:
            lans_item = PeerLan.from_dict(lans_item_data)

            lans.append(lans_item)

        name = d.pop("name")

        def _parse_last_heard_ms(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        last_heard_ms = _parse_last_heard_ms(d.pop("last_heard_ms", UNSET))

        def _parse_round_trip_us(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        round_trip_us = _parse_round_trip_us(d.pop("round_trip_us", UNSET))

        peer = cls(
            alive=alive,
            id=id,
            lans=lans,
            name=name,
            last_heard_ms=last_heard_ms,
            round_trip_us=round_trip_us,
        )

        peer.additional_properties = d
        return peer

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
