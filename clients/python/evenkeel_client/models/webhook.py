from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.webhook_settings import WebhookSettings


T = TypeVar("T", bound="Webhook")


@_attrs_define
class Webhook:
    """A webhook.

    Example:
        {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'name': 'pager', 'settings': {'enabled': True,
            'events': ['state_changed'], 'url': 'https://pager.example.com/evenkeel'}}

    Attributes:
        changed_at (datetime.datetime): When it was made or changed.
        changed_by (str): By whom.
        name (str): The name.
        settings (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed', 'peer_lost'],
            'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.
        former_until (datetime.datetime | None | Unset): Until when the secret that was replaced signs, too.
    """

    changed_at: datetime.datetime
    changed_by: str
    name: str
    settings: WebhookSettings
    former_until: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        changed_at = self.changed_at.isoformat()

        changed_by = self.changed_by

        name = self.name

        settings = self.settings.to_dict()

        former_until: None | str | Unset
        if isinstance(self.former_until, Unset):
            former_until = UNSET
        elif isinstance(self.former_until, datetime.datetime):
            former_until = self.former_until.isoformat()
        else:
            former_until = self.former_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "changed_at": changed_at,
                "changed_by": changed_by,
                "name": name,
                "settings": settings,
            }
        )
        if former_until is not UNSET:
            field_dict["former_until"] = former_until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.webhook_settings import WebhookSettings

        d = dict(src_dict)
        changed_at = datetime.datetime.fromisoformat(d.pop("changed_at"))

        changed_by = d.pop("changed_by")

        name = d.pop("name")

        settings = WebhookSettings.from_dict(d.pop("settings"))

        def _parse_former_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                former_until_type_0 = datetime.datetime.fromisoformat(data)

                return former_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        former_until = _parse_former_until(d.pop("former_until", UNSET))

        webhook = cls(
            changed_at=changed_at,
            changed_by=changed_by,
            name=name,
            settings=settings,
            former_until=former_until,
        )

        webhook.additional_properties = d
        return webhook

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
