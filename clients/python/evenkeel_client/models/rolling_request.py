from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..models.rolling_action import RollingAction, check_rolling_action
from ..types import UNSET, Unset

T = TypeVar("T", bound="RollingRequest")


@_attrs_define
class RollingRequest:
    """A rolling operation as it is asked for.

    Example:
        {'action': 'restart', 'drain_s': 30, 'nodes': ['node1', 'node2'], 'ready_s': 120}

    Attributes:
        action (RollingAction | Unset): What is done to each node's application in a rolling operation. Example:
            restart.
        drain_s (int | None | Unset): Seconds for which a node's connections are waited for; those that are left then
            end with its
            application. 30 when absent.
        nodes (list[str] | None | Unset): Names of nodes; all when absent. They follow each other in the order of the
            cluster.
        ready_s (int | None | Unset): Seconds for a node to be UP (Ready) again, checks included, and to have its share.
            120 when absent.
    """

    action: RollingAction | Unset = UNSET
    drain_s: int | None | Unset = UNSET
    nodes: list[str] | None | Unset = UNSET
    ready_s: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        action: str | Unset = UNSET
        if not isinstance(self.action, Unset):
            action = self.action

        drain_s: int | None | Unset
        if isinstance(self.drain_s, Unset):
            drain_s = UNSET
        else:
            drain_s = self.drain_s

        nodes: list[str] | None | Unset
        if isinstance(self.nodes, Unset):
            nodes = UNSET
        elif isinstance(self.nodes, list):
            nodes = self.nodes

        else:
            nodes = self.nodes

        ready_s: int | None | Unset
        if isinstance(self.ready_s, Unset):
            ready_s = UNSET
        else:
            ready_s = self.ready_s

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if action is not UNSET:
            field_dict["action"] = action
        if drain_s is not UNSET:
            field_dict["drain_s"] = drain_s
        if nodes is not UNSET:
            field_dict["nodes"] = nodes
        if ready_s is not UNSET:
            field_dict["ready_s"] = ready_s

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        _action = d.pop("action", UNSET)
        action: RollingAction | Unset
        if isinstance(_action, Unset):
            action = UNSET
        else:
            action = check_rolling_action(_action)

        def _parse_drain_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        drain_s = _parse_drain_s(d.pop("drain_s", UNSET))

        def _parse_nodes(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                nodes_type_0 = cast(list[str], data)

                return nodes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        nodes = _parse_nodes(d.pop("nodes", UNSET))

        def _parse_ready_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        ready_s = _parse_ready_s(d.pop("ready_s", UNSET))

        rolling_request = cls(
            action=action,
            drain_s=drain_s,
            nodes=nodes,
            ready_s=ready_s,
        )

        return rolling_request
