from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ClusterFile")


@_attrs_define
class ClusterFile:
    """A configuration of the cluster.

    Example:
        {'configuration': '<cluster revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n  </lans>\\n</cluster>\\n'}

    Attributes:
        configuration (str): `cluster.xml`.
    """

    configuration: str

    def to_dict(self) -> dict[str, Any]:
        configuration = self.configuration

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "configuration": configuration,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        configuration = d.pop("configuration")

        cluster_file = cls(
            configuration=configuration,
        )

        return cluster_file
