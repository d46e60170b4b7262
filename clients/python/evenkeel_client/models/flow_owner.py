from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bucket_state import BucketState, check_bucket_state
from ..models.hashed import Hashed, check_hashed
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.flow_verdict import FlowVerdict


T = TypeVar("T", bound="FlowOwner")


@_attrs_define
class FlowOwner:
    """Which node a flow belongs to, what a node does with its packets, and why.

    Example:
        {'bucket': 1234, 'continues': {'action': 'forward', 'reason': 'forward_owner', 'to': 'node2'}, 'group': 'http',
            'hashed': 'address', 'opens': {'action': 'forward', 'reason': 'forward_owner', 'to': 'node2'}, 'owner': 'node2',
            'rule': 'tcp port 80 on_addr', 'state': 'foreign', 'why': "rule tcp port 80 on_addr of group http takes it; the
            client's address falls into bucket 1234, which belongs to node2 in epoch 7.0; node1 forwards its packets to
            node2"}

    Attributes:
        why (str): The same in a sentence.
        bucket (int | None | Unset): The bucket that it falls into, 0 to 4095.
        continues (FlowVerdict | None | Unset):
        group (None | str | Unset): The group whose rule takes the flow; absent: no rule takes it.
        hashed (Hashed | None | Unset):
        opens (FlowVerdict | None | Unset):
        owner (None | str | Unset): The owner's name; absent: nobody's, packets are dropped.
        previous_owner (None | str | Unset): Who owned the bucket before and may still hold its connections
            (`migrating`).
        rule (None | str | Unset): The rule that takes it: protocol, ports, what is hashed.
        state (BucketState | None | Unset):
    """

    why: str
    bucket: int | None | Unset = UNSET
    continues: FlowVerdict | None | Unset = UNSET
    group: None | str | Unset = UNSET
    hashed: Hashed | None | Unset = UNSET
    opens: FlowVerdict | None | Unset = UNSET
    owner: None | str | Unset = UNSET
    previous_owner: None | str | Unset = UNSET
    rule: None | str | Unset = UNSET
    state: BucketState | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.flow_verdict import FlowVerdict

        why = self.why

        bucket: int | None | Unset
        if isinstance(self.bucket, Unset):
            bucket = UNSET
        else:
            bucket = self.bucket

        continues: dict[str, Any] | None | Unset
        if isinstance(self.continues, Unset):
            continues = UNSET
        elif isinstance(self.continues, FlowVerdict):
            continues = self.continues.to_dict()
        else:
            continues = self.continues

        group: None | str | Unset
        if isinstance(self.group, Unset):
            group = UNSET
        else:
            group = self.group

        hashed: None | str | Unset
        if isinstance(self.hashed, Unset):
            hashed = UNSET
        elif isinstance(self.hashed, str):
            hashed = self.hashed
        else:
            hashed = self.hashed

        opens: dict[str, Any] | None | Unset
        if isinstance(self.opens, Unset):
            opens = UNSET
        elif isinstance(self.opens, FlowVerdict):
            opens = self.opens.to_dict()
        else:
            opens = self.opens

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

        rule: None | str | Unset
        if isinstance(self.rule, Unset):
            rule = UNSET
        else:
            rule = self.rule

        state: None | str | Unset
        if isinstance(self.state, Unset):
            state = UNSET
        elif isinstance(self.state, str):
            state = self.state
        else:
            state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "why": why,
            }
        )
        if bucket is not UNSET:
            field_dict["bucket"] = bucket
        if continues is not UNSET:
            field_dict["continues"] = continues
        if group is not UNSET:
            field_dict["group"] = group
        if hashed is not UNSET:
            field_dict["hashed"] = hashed
        if opens is not UNSET:
            field_dict["opens"] = opens
        if owner is not UNSET:
            field_dict["owner"] = owner
        if previous_owner is not UNSET:
            field_dict["previous_owner"] = previous_owner
        if rule is not UNSET:
            field_dict["rule"] = rule
        if state is not UNSET:
            field_dict["state"] = state

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.flow_verdict import FlowVerdict

        d = dict(src_dict)
        why = d.pop("why")

        def _parse_bucket(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        bucket = _parse_bucket(d.pop("bucket", UNSET))

        def _parse_continues(data: object) -> FlowVerdict | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                continues_type_0 = FlowVerdict.from_dict(data)

                return continues_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FlowVerdict | None | Unset, data)

        continues = _parse_continues(d.pop("continues", UNSET))

        def _parse_group(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        group = _parse_group(d.pop("group", UNSET))

        def _parse_hashed(data: object) -> Hashed | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                hashed_type_0 = check_hashed(data)

                return hashed_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Hashed | None | Unset, data)

        hashed = _parse_hashed(d.pop("hashed", UNSET))

        def _parse_opens(data: object) -> FlowVerdict | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                opens_type_0 = FlowVerdict.from_dict(data)

                return opens_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FlowVerdict | None | Unset, data)

        opens = _parse_opens(d.pop("opens", UNSET))

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

        def _parse_rule(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rule = _parse_rule(d.pop("rule", UNSET))

        def _parse_state(data: object) -> BucketState | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                state_type_0 = check_bucket_state(data)

                return state_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BucketState | None | Unset, data)

        state = _parse_state(d.pop("state", UNSET))

        flow_owner = cls(
            why=why,
            bucket=bucket,
            continues=continues,
            group=group,
            hashed=hashed,
            opens=opens,
            owner=owner,
            previous_owner=previous_owner,
            rule=rule,
            state=state,
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
