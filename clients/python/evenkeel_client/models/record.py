from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.record_kind import RecordKind, check_record_kind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.api_key_settings import ApiKeySettings
    from ..models.user_record import UserRecord
    from ..models.webhook_record import WebhookRecord


T = TypeVar("T", bound="Record")


@_attrs_define
class Record:
    """A user, an API key or a webhook as a node has it, or its removal.

    Example:
        {'changed_at': '2026-11-23T02:00:00.123Z', 'kind': 'user', 'name': 'operator', 'removed': False, 'version': 2}

    Attributes:
        changed_at (datetime.datetime): When it was changed.
        kind (RecordKind): What is the same on every node.
        name (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        removed (bool): Whether the change was its removal.
        version (int): Counts the changes, from 1. Of two versions the higher is in force on every node, of equal ones
            that
            which was changed later.
        api_key (ApiKeySettings | None | Unset):
        user (None | Unset | UserRecord):
        webhook (None | Unset | WebhookRecord):
    """

    changed_at: datetime.datetime
    kind: RecordKind
    name: str
    removed: bool
    version: int
    api_key: ApiKeySettings | None | Unset = UNSET
    user: None | Unset | UserRecord = UNSET
    webhook: None | Unset | WebhookRecord = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.api_key_settings import ApiKeySettings
        from ..models.user_record import UserRecord
        from ..models.webhook_record import WebhookRecord

        changed_at = self.changed_at.isoformat()

        kind: str = self.kind

        name = self.name

        removed = self.removed

        version = self.version

        api_key: dict[str, Any] | None | Unset
        if isinstance(self.api_key, Unset):
            api_key = UNSET
        elif isinstance(self.api_key, ApiKeySettings):
            api_key = self.api_key.to_dict()
        else:
            api_key = self.api_key

        user: dict[str, Any] | None | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        elif isinstance(self.user, UserRecord):
            user = self.user.to_dict()
        else:
            user = self.user

        webhook: dict[str, Any] | None | Unset
        if isinstance(self.webhook, Unset):
            webhook = UNSET
        elif isinstance(self.webhook, WebhookRecord):
            webhook = self.webhook.to_dict()
        else:
            webhook = self.webhook

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "changed_at": changed_at,
                "kind": kind,
                "name": name,
                "removed": removed,
                "version": version,
            }
        )
        if api_key is not UNSET:
            field_dict["api_key"] = api_key
        if user is not UNSET:
            field_dict["user"] = user
        if webhook is not UNSET:
            field_dict["webhook"] = webhook

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.api_key_settings import ApiKeySettings
        from ..models.user_record import UserRecord
        from ..models.webhook_record import WebhookRecord

        d = dict(src_dict)
        changed_at = datetime.datetime.fromisoformat(d.pop("changed_at"))

        kind = check_record_kind(d.pop("kind"))

        name = d.pop("name")

        removed = d.pop("removed")

        version = d.pop("version")

        def _parse_api_key(data: object) -> ApiKeySettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                api_key_type_0 = ApiKeySettings.from_dict(data)

                return api_key_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ApiKeySettings | None | Unset, data)

        api_key = _parse_api_key(d.pop("api_key", UNSET))

        def _parse_user(data: object) -> None | Unset | UserRecord:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                user_type_0 = UserRecord.from_dict(data)

                return user_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UserRecord, data)

        user = _parse_user(d.pop("user", UNSET))

        def _parse_webhook(data: object) -> None | Unset | WebhookRecord:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                webhook_type_0 = WebhookRecord.from_dict(data)

                return webhook_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookRecord, data)

        webhook = _parse_webhook(d.pop("webhook", UNSET))

        record = cls(
            changed_at=changed_at,
            kind=kind,
            name=name,
            removed=removed,
            version=version,
            api_key=api_key,
            user=user,
            webhook=webhook,
        )

        return record
