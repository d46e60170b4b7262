from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.secret_step import SecretStep, check_secret_step
from ..types import UNSET, Unset

T = TypeVar("T", bound="SecretState")


@_attrs_define
class SecretState:
    """Where a node is with the cluster's secret.

    Example:
        {'generation': 3, 'step': 'settled'}

    Attributes:
        generation (int): Counts the secrets that there were before the one that the node sends under.
        step (SecretStep): Which secrets a node accepts.
        begun_at (None | str | Unset): `accepting`: the node where the rotation was begun, which alone goes on with it.
    """

    generation: int
    step: SecretStep
    begun_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        generation = self.generation

        step: str = self.step

        begun_at: None | str | Unset
        if isinstance(self.begun_at, Unset):
            begun_at = UNSET
        else:
            begun_at = self.begun_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "generation": generation,
                "step": step,
            }
        )
        if begun_at is not UNSET:
            field_dict["begun_at"] = begun_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        generation = d.pop("generation")

        step = check_secret_step(d.pop("step"))

        def _parse_begun_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        begun_at = _parse_begun_at(d.pop("begun_at", UNSET))

        secret_state = cls(
            generation=generation,
            step=step,
            begun_at=begun_at,
        )

        secret_state.additional_properties = d
        return secret_state

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
