from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.phase import Phase, check_phase
from ..models.readiness import Readiness, check_readiness

T = TypeVar("T", bound="ModuleOnNode")


@_attrs_define
class ModuleOnNode:
    """A module's state and revision on one node.

    Example:
        {'applied_at': '2026-11-23T02:00:00.123Z', 'node': 'node1', 'phase': 'UP', 'readiness': 'Ready', 'revision': 3,
            'signature': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}

    Attributes:
        applied_at (datetime.datetime): When the node applied it.
        node (str): The node's name.
        phase (Phase): Where a module is on its way.
        readiness (Readiness): How settled a phase is.
        revision (int): The revision of its configuration.
        signature (str): SHA-256 of the configuration file, the macros and the scripts.
    """

    applied_at: datetime.datetime
    node: str
    phase: Phase
    readiness: Readiness
    revision: int
    signature: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        applied_at = self.applied_at.isoformat()

        node = self.node

        phase: str = self.phase

        readiness: str = self.readiness

        revision = self.revision

        signature = self.signature

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "applied_at": applied_at,
                "node": node,
                "phase": phase,
                "readiness": readiness,
                "revision": revision,
                "signature": signature,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        applied_at = datetime.datetime.fromisoformat(d.pop("applied_at"))

        node = d.pop("node")

        phase = check_phase(d.pop("phase"))

        readiness = check_readiness(d.pop("readiness"))

        revision = d.pop("revision")

        signature = d.pop("signature")

        module_on_node = cls(
            applied_at=applied_at,
            node=node,
            phase=phase,
            readiness=readiness,
            revision=revision,
            signature=signature,
        )

        module_on_node.additional_properties = d
        return module_on_node

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
