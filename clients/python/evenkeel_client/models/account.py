from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.account_kind import AccountKind, check_account_kind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.api_key_settings import ApiKeySettings
    from ..models.user_record import UserRecord


T = TypeVar("T", bound="Account")


@_attrs_define
class Account:
    """A user or an API key as a node has it, or its removal.

    Example:
        {'changed_at': '2026-11-23T02:00:00.123Z', 'kind': 'user', 'name': 'operator', 'removed': False, 'version': 2}

    Attributes:
        changed_at (datetime.datetime): When it was changed.
        kind (AccountKind): What logs in.
        name (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
        removed (bool): Whether the change was its removal.
        version (int): Counts the changes, from 1. Of two versions the higher is in force on every node, of equal ones
            that
            which was changed later.
        api_key (ApiKeySettings | None | Unset):
        user (None | Unset | UserRecord):
    """

    changed_at: datetime.datetime
    kind: AccountKind
    name: str
    removed: bool
    version: int
    api_key: ApiKeySettings | None | Unset = UNSET
    user: None | Unset | UserRecord = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.api_key_settings import ApiKeySettings
        from ..models.user_record import UserRecord

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

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.api_key_settings import ApiKeySettings
        from ..models.user_record import UserRecord

        d = dict(src_dict)
        changed_at = datetime.datetime.fromisoformat(d.pop("changed_at"))

        kind = check_account_kind(d.pop("kind"))

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

        account = cls(
            changed_at=changed_at,
            kind=kind,
            name=name,
            removed=removed,
            version=version,
            api_key=api_key,
            user=user,
        )

        return account
