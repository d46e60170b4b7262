from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.former_sealed import FormerSealed
    from ..models.webhook_settings import WebhookSettings


T = TypeVar("T", bound="WebhookRecord")


@_attrs_define
class WebhookRecord:
    """A webhook as a node keeps it.

    Example:
        {'changed_at': '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'secret':
            'iJ0xRrTn0h2w9QdMzR3K0xZ8Zs3mT1pYb6Jm1w==', 'settings': {'enabled': True, 'events': ['state_changed'], 'url':
            'https://pager.example.com/evenkeel'}}

    Attributes:
        changed_at (datetime.datetime): When it was made or changed.
        changed_by (str): By whom.
        secret (str): A secret as it is kept: nonce, cipher text and tag in Base64.
        settings (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed', 'peer_lost'],
            'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.
        former (FormerSealed | None | Unset):
    """

    changed_at: datetime.datetime
    changed_by: str
    secret: str
    settings: WebhookSettings
    former: FormerSealed | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.former_sealed import FormerSealed

        changed_at = self.changed_at.isoformat()

        changed_by = self.changed_by

        secret = self.secret

        settings = self.settings.to_dict()

        former: dict[str, Any] | None | Unset
        if isinstance(self.former, Unset):
            former = UNSET
        elif isinstance(self.former, FormerSealed):
            former = self.former.to_dict()
        else:
            former = self.former

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "changed_at": changed_at,
                "changed_by": changed_by,
                "secret": secret,
                "settings": settings,
            }
        )
        if former is not UNSET:
            field_dict["former"] = former

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.former_sealed import FormerSealed
        from ..models.webhook_settings import WebhookSettings

        d = dict(src_dict)
        changed_at = datetime.datetime.fromisoformat(d.pop("changed_at"))

        changed_by = d.pop("changed_by")

        secret = d.pop("secret")

        settings = WebhookSettings.from_dict(d.pop("settings"))

        def _parse_former(data: object) -> FormerSealed | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                former_type_0 = FormerSealed.from_dict(data)

                return former_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FormerSealed | None | Unset, data)

        former = _parse_former(d.pop("former", UNSET))

        webhook_record = cls(
            changed_at=changed_at,
            changed_by=changed_by,
            secret=secret,
            settings=settings,
            former=former,
        )

        return webhook_record
