from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bucket_move import BucketMove
    from ..models.config_problem import ConfigProblem


T = TypeVar("T", bound="Applied")


@_attrs_define
class Applied:
    """A configuration was checked, or applied, on one node.

    Example:
        {'generation': 42, 'live': False, 'moves': [], 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'warnings': []}

    Attributes:
        generation (int): The node's status generation.
        live (bool): Whether the module runs here and takes it, or took it, as it runs.
        moves (list[BucketMove]): `dry_run`, where the module runs: the buckets that would change hands.
        revision (int): The revision that this node has.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
        warnings (list[ConfigProblem]): What is worth knowing about the configuration.
    """

    generation: int
    live: bool
    moves: list[BucketMove]
    revision: int
    signature: str
    warnings: list[ConfigProblem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        generation = self.generation

        live = self.live

        moves = []
        for moves_item_data in self.moves:
            moves_item = moves_item_data.to_dict()
            moves.append(moves_item)

        revision = self.revision

        signature = self.signature

        warnings = []
        for warnings_item_data in self.warnings:
            warnings_item = warnings_item_data.to_dict()
            warnings.append(warnings_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "generation": generation,
                "live": live,
                "moves": moves,
                "revision": revision,
                "signature": signature,
                "warnings": warnings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.bucket_move import BucketMove
        from ..models.config_problem import ConfigProblem

        d = dict(src_dict)
        generation = d.pop("generation")

        live = d.pop("live")

        moves = []
        _moves = d.pop("moves")
        for moves_item_data in _moves:
            moves_item = BucketMove.from_dict(moves_item_data)

            moves.append(moves_item)

        revision = d.pop("revision")

        signature = d.pop("signature")

        warnings = []
        _warnings = d.pop("warnings")
        for warnings_item_data in _warnings:
            warnings_item = ConfigProblem.from_dict(warnings_item_data)

            warnings.append(warnings_item)

        applied = cls(
            generation=generation,
            live=live,
            moves=moves,
            revision=revision,
            signature=signature,
            warnings=warnings,
        )

        applied.additional_properties = d
        return applied

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
