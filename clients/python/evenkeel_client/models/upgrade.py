from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.upgrade_state import UpgradeState, check_upgrade_state
from ..types import UNSET, Unset

T = TypeVar("T", bound="Upgrade")


@_attrs_define
class Upgrade:
    """The last upgrade of a node's daemon in this run of its process.

    Example:
        {'began_at': '2026-11-23T02:00:00.123Z', 'ended_at': '2026-11-23T02:00:00.654Z', 'from': '0.1.0', 'state':
            'succeeded', 'to': '0.2.0'}

    Attributes:
        state (UpgradeState): Where an upgrade is. Example: succeeded.
        began_at (datetime.datetime | None | Unset): When it was asked for.
        detail (None | str | Unset): Why it failed.
        ended_at (datetime.datetime | None | Unset): When it was over.
        from_ (None | str | Unset): The version that ran before.
        to (None | str | Unset): The version of the installed program.
    """

    state: UpgradeState
    began_at: datetime.datetime | None | Unset = UNSET
    detail: None | str | Unset = UNSET
    ended_at: datetime.datetime | None | Unset = UNSET
    from_: None | str | Unset = UNSET
    to: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        state: str = self.state

        began_at: None | str | Unset
        if isinstance(self.began_at, Unset):
            began_at = UNSET
        elif isinstance(self.began_at, datetime.datetime):
            began_at = self.began_at.isoformat()
        else:
            began_at = self.began_at

        detail: None | str | Unset
        if isinstance(self.detail, Unset):
            detail = UNSET
        else:
            detail = self.detail

        ended_at: None | str | Unset
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        elif isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        from_: None | str | Unset
        if isinstance(self.from_, Unset):
            from_ = UNSET
        else:
            from_ = self.from_

        to: None | str | Unset
        if isinstance(self.to, Unset):
            to = UNSET
        else:
            to = self.to

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": state,
            }
        )
        if began_at is not UNSET:
            field_dict["began_at"] = began_at
        if detail is not UNSET:
            field_dict["detail"] = detail
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at
        if from_ is not UNSET:
            field_dict["from"] = from_
        if to is not UNSET:
            field_dict["to"] = to

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        state = check_upgrade_state(d.pop("state"))

        def _parse_began_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                began_at_type_0 = datetime.datetime.fromisoformat(data)

                return began_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        began_at = _parse_began_at(d.pop("began_at", UNSET))

        def _parse_detail(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        detail = _parse_detail(d.pop("detail", UNSET))

        def _parse_ended_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        def _parse_from_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        from_ = _parse_from_(d.pop("from", UNSET))

        def _parse_to(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        to = _parse_to(d.pop("to", UNSET))

        upgrade = cls(
            state=state,
            began_at=began_at,
            detail=detail,
            ended_at=ended_at,
            from_=from_,
            to=to,
        )

        upgrade.additional_properties = d
        return upgrade

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
