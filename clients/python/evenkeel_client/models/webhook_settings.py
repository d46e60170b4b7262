from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.event_kind import EventKind, check_event_kind
from ..models.log_level import LogLevel, check_log_level
from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookSettings")


@_attrs_define
class WebhookSettings:
    """What a webhook is for.

    Example:
        {'events': ['state_changed', 'peer_lost'], 'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}

    Attributes:
        url (str): Where events are sent: `https`, or `http` where nobody else listens; without a user, a password and a
            fragment.
        ca (None | str | Unset): Certificates in PEM: the receiver's has to be signed by one of these authorities, or be
            one of them.
            Absent: by one that the node's system trusts.
        enabled (bool | Unset): `false`: nothing is sent, and nothing waits. `true` when absent.
        events (list[EventKind] | None | Unset): Only these kinds of events; absent: all.
        level (LogLevel | None | Unset):
        modules (list[str] | None | Unset): Only events about these modules; absent: about all, and about none.
        secret (None | str | Unset): What signs the events: `whsec_` and 24 to 64 bytes in Base64. No answer has it
            here. Where it
            replaces one, that ends at once. Absent: the webhook keeps its secret, a new one gets one that is made up.
    """

    url: str
    ca: None | str | Unset = UNSET
    enabled: bool | Unset = UNSET
    events: list[EventKind] | None | Unset = UNSET
    level: LogLevel | None | Unset = UNSET
    modules: list[str] | None | Unset = UNSET
    secret: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        ca: None | str | Unset
        if isinstance(self.ca, Unset):
            ca = UNSET
        else:
            ca = self.ca

        enabled = self.enabled

        events: list[str] | None | Unset
        if isinstance(self.events, Unset):
            events = UNSET
        elif isinstance(self.events, list):
            events = []
            for events_type_0_item_data in self.events:
                events_type_0_item: str = events_type_0_item_data
                events.append(events_type_0_item)

        else:
            events = self.events

        level: None | str | Unset
        if isinstance(self.level, Unset):
            level = UNSET
        elif isinstance(self.level, str):
            level = self.level
        else:
            level = self.level

        modules: list[str] | None | Unset
        if isinstance(self.modules, Unset):
            modules = UNSET
        elif isinstance(self.modules, list):
            modules = self.modules

        else:
            modules = self.modules

        secret: None | str | Unset
        if isinstance(self.secret, Unset):
            secret = UNSET
        else:
            secret = self.secret

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if ca is not UNSET:
            field_dict["ca"] = ca
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if events is not UNSET:
            field_dict["events"] = events
        if level is not UNSET:
            field_dict["level"] = level
        if modules is not UNSET:
            field_dict["modules"] = modules
        if secret is not UNSET:
            field_dict["secret"] = secret

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        url = d.pop("url")

        def _parse_ca(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ca = _parse_ca(d.pop("ca", UNSET))

        enabled = d.pop("enabled", UNSET)

        def _parse_events(data: object) -> list[EventKind] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                events_type_0 = []
                _events_type_0 = data
                for events_type_0_item_data in _events_type_0:
                    events_type_0_item = check_event_kind(events_type_0_item_data)

                    events_type_0.append(events_type_0_item)

                return events_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventKind] | None | Unset, data)

        events = _parse_events(d.pop("events", UNSET))

        def _parse_level(data: object) -> LogLevel | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                level_type_0 = check_log_level(data)

                return level_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LogLevel | None | Unset, data)

        level = _parse_level(d.pop("level", UNSET))

        def _parse_modules(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                modules_type_0 = cast(list[str], data)

                return modules_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        modules = _parse_modules(d.pop("modules", UNSET))

        def _parse_secret(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        secret = _parse_secret(d.pop("secret", UNSET))

        webhook_settings = cls(
            url=url,
            ca=ca,
            enabled=enabled,
            events=events,
            level=level,
            modules=modules,
            secret=secret,
        )

        return webhook_settings
