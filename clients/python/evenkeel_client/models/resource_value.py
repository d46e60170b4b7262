from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ResourceValue")


@_attrs_define
class ResourceValue:
    """What a resource is to be.

    Example:
        {'identity': 'disk-check', 'value': 'down'}

    Attributes:
        value (str): A word such as `up` or `down`: 1 to 64 characters, no spaces.
        identity (None | str | Unset): The program in whose name it is set; the user's name when absent.
    """

    value: str
    identity: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        value = self.value

        identity: None | str | Unset
        if isinstance(self.identity, Unset):
            identity = UNSET
        else:
            identity = self.identity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "value": value,
            }
        )
        if identity is not UNSET:
            field_dict["identity"] = identity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        value = d.pop("value")

        def _parse_identity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        identity = _parse_identity(d.pop("identity", UNSET))

        resource_value = cls(
            value=value,
            identity=identity,
        )

        return resource_value
