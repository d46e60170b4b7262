from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bucket_move import BucketMove
    from ..models.config_problem import ConfigProblem
    from ..models.node_result import NodeResult


T = TypeVar("T", bound="ConfigureResult")


@_attrs_define
class ConfigureResult:
    """A configuration was checked, or applied.

    Example:
        {'complete': True, 'dry_run': False, 'missing': [], 'module': 'web', 'moves': [], 'nodes': [{'generation': 42,
            'node': 'node1', 'ok': True}], 'revision': 3, 'signature':
            '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'warnings': []}

    Attributes:
        complete (bool): Whether every node has the revision (`dry_run`: would take it).
        dry_run (bool): True: nothing was changed.
        missing (list[str]): The nodes that lack the revision. Repeat the request once they are back.
        module (str): The module.
        moves (list[BucketMove]): Where the module runs: the buckets that change hands (`dry_run`: would), and no
            others.
        nodes (list[NodeResult]): One per node of the cluster.
        revision (int): The revision, the same on all nodes. An unchanged configuration keeps its revision.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
        warnings (list[ConfigProblem]): What is worth knowing about the configuration.
    """

    complete: bool
    dry_run: bool
    missing: list[str]
    module: str
    moves: list[BucketMove]
    nodes: list[NodeResult]
    revision: int
    signature: str
    warnings: list[ConfigProblem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        complete = self.complete

        dry_run = self.dry_run

        missing = self.missing

        module = self.module

        moves = []
        for moves_item_data in self.moves:
            moves_item = moves_item_data.to_dict()
            moves.append(moves_item)

        nodes = []
        for nodes_item_data in self.nodes:
            nodes_item = nodes_item_data.to_dict()
            nodes.append(nodes_item)

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
                "complete": complete,
                "dry_run": dry_run,
                "missing": missing,
                "module": module,
                "moves": moves,
                "nodes": nodes,
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
        from ..models.node_result import NodeResult

        d = dict(src_dict)
        complete = d.pop("complete")

        dry_run = d.pop("dry_run")

        missing = cast(list[str], d.pop("missing"))

        module = d.pop("module")

        moves = []
        _moves = d.pop("moves")
        for moves_item_data in _moves:
            moves_item = BucketMove.from_dict(moves_item_data)

            moves.append(moves_item)

        nodes = []
        _nodes = d.pop("nodes")
        for nodes_item_data in _nodes:
            nodes_item = NodeResult.from_dict(nodes_item_data)

            nodes.append(nodes_item)

        revision = d.pop("revision")

        signature = d.pop("signature")

        warnings = []
        _warnings = d.pop("warnings")
        for warnings_item_data in _warnings:
            warnings_item = ConfigProblem.from_dict(warnings_item_data)

            warnings.append(warnings_item)

        configure_result = cls(
            complete=complete,
            dry_run=dry_run,
            missing=missing,
            module=module,
            moves=moves,
            nodes=nodes,
            revision=revision,
            signature=signature,
            warnings=warnings,
        )

        configure_result.additional_properties = d
        return configure_result

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
