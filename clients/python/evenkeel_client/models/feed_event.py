from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_kind import EventKind, check_event_kind
from ..models.log_level import LogLevel, check_log_level
from ..models.phase import Phase, check_phase
from ..models.readiness import Readiness, check_readiness
from ..types import UNSET, Unset

T = TypeVar("T", bound="FeedEvent")


@_attrs_define
class FeedEvent:
    """Something happened on a node. Which fields there are beside those of every event depends on its kind.

    Example:
        {'at': '2026-11-23T02:00:00.123Z', 'id': '4-17', 'kind': 'state_changed', 'level': 'normal', 'message': 'Local
            state UP (Ready)', 'module': 'web', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready'}

    Attributes:
        at (datetime.datetime): When, by the node's clock.
        id (str): Where to go on from after this event: `after` or `Last-Event-ID`.
        kind (EventKind): What can happen. Example: state_changed.
        level (LogLevel): How much a module's log tells. Example: normal.
        message (str): In words, as in the module's log.
        node (str): The node's name.
        action (None | str | Unset): The action (`action_called`, `rule_acted`).
        by (None | str | Unset): Who asked for it or set it (`action_called`, `resource_set`).
        epoch (None | str | Unset): The epoch in force (`view_changed`, `share_opened`).
        members (list[str] | Unset): The farm's members (`view_changed`).
        module (None | str | Unset): The module; absent where it is about the node or its peers.
        peer (None | str | Unset): The other node (`peer_heard`, `peer_lost`).
        phase (None | Phase | Unset):
        readiness (None | Readiness | Unset):
        resource (None | str | Unset): The resource (`resource_set`).
        rule (None | str | Unset): The failover rule (`rule_acted`).
        script (None | str | Unset): The script (`script_started`, `script_ended`).
        value (None | str | Unset): Its value (`resource_set`).
    """

    at: datetime.datetime
    id: str
    kind: EventKind
    level: LogLevel
    message: str
    node: str
    action: None | str | Unset = UNSET
    by: None | str | Unset = UNSET
    epoch: None | str | Unset = UNSET
    members: list[str] | Unset = UNSET
    module: None | str | Unset = UNSET
    peer: None | str | Unset = UNSET
    phase: None | Phase | Unset = UNSET
    readiness: None | Readiness | Unset = UNSET
    resource: None | str | Unset = UNSET
    rule: None | str | Unset = UNSET
    script: None | str | Unset = UNSET
    value: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        id = self.id

        kind: str = self.kind

        level: str = self.level

        message = self.message

        node = self.node

        action: None | str | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        else:
            action = self.action

        by: None | str | Unset
        if isinstance(self.by, Unset):
            by = UNSET
        else:
            by = self.by

        epoch: None | str | Unset
        if isinstance(self.epoch, Unset):
            epoch = UNSET
        else:
            epoch = self.epoch

        members: list[str] | Unset = UNSET
        if not isinstance(self.members, Unset):
            members = self.members

        module: None | str | Unset
        if isinstance(self.module, Unset):
            module = UNSET
        else:
            module = self.module

        peer: None | str | Unset
        if isinstance(self.peer, Unset):
            peer = UNSET
        else:
            peer = self.peer

        phase: None | str | Unset
        if isinstance(self.phase, Unset):
            phase = UNSET
        elif isinstance(self.phase, str):
            phase = self.phase
        else:
            phase = self.phase

        readiness: None | str | Unset
        if isinstance(self.readiness, Unset):
            readiness = UNSET
        elif isinstance(self.readiness, str):
            readiness = self.readiness
        else:
            readiness = self.readiness

        resource: None | str | Unset
        if isinstance(self.resource, Unset):
            resource = UNSET
        else:
            resource = self.resource

        rule: None | str | Unset
        if isinstance(self.rule, Unset):
            rule = UNSET
        else:
            rule = self.rule

        script: None | str | Unset
        if isinstance(self.script, Unset):
            script = UNSET
        else:
            script = self.script

        value: None | str | Unset
        if isinstance(self.value, Unset):
            value = UNSET
        else:
            value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "id": id,
                "kind": kind,
                "level": level,
                "message": message,
                "node": node,
            }
        )
        if action is not UNSET:
            field_dict["action"] = action
        if by is not UNSET:
            field_dict["by"] = by
        if epoch is not UNSET:
            field_dict["epoch"] = epoch
        if members is not UNSET:
            field_dict["members"] = members
        if module is not UNSET:
            field_dict["module"] = module
        if peer is not UNSET:
            field_dict["peer"] = peer
        if phase is not UNSET:
            field_dict["phase"] = phase
        if readiness is not UNSET:
            field_dict["readiness"] = readiness
        if resource is not UNSET:
            field_dict["resource"] = resource
        if rule is not UNSET:
            field_dict["rule"] = rule
        if script is not UNSET:
            field_dict["script"] = script
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        id = d.pop("id")

        kind = check_event_kind(d.pop("kind"))

        level = check_log_level(d.pop("level"))

        message = d.pop("message")

        node = d.pop("node")

        def _parse_action(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        action = _parse_action(d.pop("action", UNSET))

        def _parse_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        by = _parse_by(d.pop("by", UNSET))

        def _parse_epoch(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        epoch = _parse_epoch(d.pop("epoch", UNSET))

        members = cast(list[str], d.pop("members", UNSET))

        def _parse_module(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        module = _parse_module(d.pop("module", UNSET))

        def _parse_peer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        peer = _parse_peer(d.pop("peer", UNSET))

        def _parse_phase(data: object) -> None | Phase | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                phase_type_0 = check_phase(data)

                return phase_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Phase | Unset, data)

        phase = _parse_phase(d.pop("phase", UNSET))

        def _parse_readiness(data: object) -> None | Readiness | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                readiness_type_0 = check_readiness(data)

                return readiness_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Readiness | Unset, data)

        readiness = _parse_readiness(d.pop("readiness", UNSET))

        def _parse_resource(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        resource = _parse_resource(d.pop("resource", UNSET))

        def _parse_rule(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rule = _parse_rule(d.pop("rule", UNSET))

        def _parse_script(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        script = _parse_script(d.pop("script", UNSET))

        def _parse_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        value = _parse_value(d.pop("value", UNSET))

        feed_event = cls(
            at=at,
            id=id,
            kind=kind,
            level=level,
            message=message,
            node=node,
            action=action,
            by=by,
            epoch=epoch,
            members=members,
            module=module,
            peer=peer,
            phase=phase,
            readiness=readiness,
            resource=resource,
            rule=rule,
            script=script,
            value=value,
        )

        feed_event.additional_properties = d
        return feed_event

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
