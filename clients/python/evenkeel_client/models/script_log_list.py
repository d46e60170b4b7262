from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.script_log import ScriptLog


T = TypeVar("T", bound="ScriptLogList")


@_attrs_define
class ScriptLogList:
    """The outputs of a module's scripts on a node.

    Example:
        {'logs': [{'at': '2026-11-23T02:00:00Z', 'bytes': 812, 'name': 'userlog_2026-11-23T020000_start_both.ulog',
            'script': 'start_both'}], 'module': 'web', 'node': 'node1'}

    Attributes:
        logs (list[ScriptLog]): The oldest first; the newest 100 are kept.
        module (str): The module.
        node (str): The node's name.
    """

    logs: list[ScriptLog]
    module: str
    node: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        logs = []
        for logs_item_data in self.logs:
            logs_item = logs_item_data.to_dict()
            logs.append(logs_item)

        module = self.module

        node = self.node

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "logs": logs,
                "module": module,
                "node": node,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.script_log import ScriptLog

        d = dict(src_dict)
        logs = []
        _logs = d.pop("logs")
        for logs_item_data in _logs:
            logs_item = ScriptLog.from_dict(logs_item_data)

            logs.append(logs_item)

        module = d.pop("module")

        node = d.pop("node")

        script_log_list = cls(
            logs=logs,
            module=module,
            node=node,
        )

        script_log_list.additional_properties = d
        return script_log_list

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
