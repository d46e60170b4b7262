from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.former_webhook_secret import FormerWebhookSecret
    from ..models.webhook_settings import WebhookSettings


T = TypeVar("T", bound="WebhookOnNode")


@_attrs_define
class WebhookOnNode:
    """A webhook as one node is given it.

    Example:
        {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'settings': {'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'url': 'https://pager.example.com/evenkeel'}}

    Attributes:
        changed_at (datetime.datetime): When it was made or changed.
        changed_by (str): By whom.
        settings (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed', 'peer_lost'],
            'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.
        former (FormerWebhookSecret | None | Unset):
    """

    changed_at: datetime.datetime
    changed_by: str
    settings: WebhookSettings
    former: FormerWebhookSecret | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.former_webhook_secret import FormerWebhookSecret

        changed_at = self.changed_at.isoformat()

        changed_by = self.changed_by

        settings = self.settings.to_dict()

        former: dict[str, Any] | None | Unset
        if isinstance(self.former, Unset):
            former = UNSET
        elif isinstance(self.former, FormerWebhookSecret):
            former = self.former.to_dict()
        else:
            former = self.former

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "changed_at": changed_at,
                "changed_by": changed_by,
                "settings": settings,
            }
        )
        if former is not UNSET:
            field_dict["former"] = former

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.former_webhook_secret import FormerWebhookSecret
        from ..models.webhook_settings import WebhookSettings

        d = dict(src_dict)
        changed_at = datetime.datetime.fromisoformat(d.pop("changed_at"))

        changed_by = d.pop("changed_by")

        settings = WebhookSettings.from_dict(d.pop("settings"))

        def _parse_former(data: object) -> FormerWebhookSecret | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                former_type_0 = FormerWebhookSecret.from_dict(data)

                return former_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FormerWebhookSecret | None | Unset, data)

        former = _parse_former(d.pop("former", UNSET))

        webhook_on_node = cls(
            changed_at=changed_at,
            changed_by=changed_by,
            settings=settings,
            former=former,
        )

        return webhook_on_node
