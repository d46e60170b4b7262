from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.next_authority import NextAuthority


T = TypeVar("T", bound="NextSecret")


@_attrs_define
class NextSecret:
    """The next secret for a node to accept.

    Example:
        {'begun_at': 'node1', 'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b', 'token':
            '1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e'}

    Attributes:
        begun_at (str): The node where the rotation was begun, which alone goes on with it.
        generation (int): Its generation: one more than that of the secret in use.
        secret (str): What authenticates datagrams: 64 hexadecimal digits.
        token (str): What signs tokens: 64 hexadecimal digits.
        authority (NextAuthority | None | Unset):
    """

    begun_at: str
    generation: int
    secret: str
    token: str
    authority: NextAuthority | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.next_authority import NextAuthority

        begun_at = self.begun_at

        generation = self.generation

        secret = self.secret

        token = self.token

        authority: dict[str, Any] | None | Unset
        if isinstance(self.authority, Unset):
            authority = UNSET
        elif isinstance(self.authority, NextAuthority):
            authority = self.authority.to_dict()
        else:
            authority = self.authority

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "begun_at": begun_at,
                "generation": generation,
                "secret": secret,
                "token": token,
            }
        )
        if authority is not UNSET:
            field_dict["authority"] = authority

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.next_authority import NextAuthority

        d = dict(src_dict)
        begun_at = d.pop("begun_at")

        generation = d.pop("generation")

        secret = d.pop("secret")

        token = d.pop("token")

        def _parse_authority(data: object) -> NextAuthority | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                authority_type_0 = NextAuthority.from_dict(data)

                return authority_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NextAuthority | None | Unset, data)

        authority = _parse_authority(d.pop("authority", UNSET))

        next_secret = cls(
            begun_at=begun_at,
            generation=generation,
            secret=secret,
            token=token,
            authority=authority,
        )

        return next_secret
