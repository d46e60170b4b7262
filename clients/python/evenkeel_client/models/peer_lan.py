from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PeerLan")


@_attrs_define
class PeerLan:
    """What liveness probes say about a node on one LAN.

    Example:
        {'answered': 11998, 'asked': 12000, 'lan': 'default', 'last_heard_ms': 4, 'reached': True, 'round_trip_us':
            5100}

    Attributes:
        answered (int): Of these, those that were answered; the others were lost on the way there or back.
        asked (int): Probes sent, those aside whose answers are awaited.
        lan (str): The LAN.
        reached (bool): It answers there.
        last_heard_ms (int | None | Unset): Milliseconds since an answer was looked at; absent: it never answered.
        round_trip_us (int | None | Unset): Microseconds from the last probe that was answered until its answer was
            looked at, which is up to a
            pulse after it came.
    """

    answered: int
    asked: int
    lan: str
    reached: bool
    last_heard_ms: int | None | Unset = UNSET
    round_trip_us: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answered = self.answered

        asked = self.asked

        lan = self.lan

        reached = self.reached

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
                "answered": answered,
                "asked": asked,
                "lan": lan,
                "reached": reached,
            }
        )
        if last_heard_ms is not UNSET:
            field_dict["last_heard_ms"] = last_heard_ms
        if round_trip_us is not UNSET:
            field_dict["round_trip_us"] = round_trip_us

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answered = d.pop("answered")

        asked = d.pop("asked")

        lan = d.pop("lan")

        reached = d.pop("reached")

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

        peer_lan = cls(
            answered=answered,
            asked=asked,
            lan=lan,
            reached=reached,
            last_heard_ms=last_heard_ms,
            round_trip_us=round_trip_us,
        )

        peer_lan.additional_properties = d
        return peer_lan

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
