from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.severity import Severity, check_severity

T = TypeVar("T", bound="ConfigProblem")


@_attrs_define
class ConfigProblem:
    """One thing wrong with, or worth knowing about, a configuration.

    Example:
        {'column': 9, 'line': 12, 'message': 'the cluster has no LAN "front"; it has: default', 'path':
            'service.farm.lan@name', 'severity': 'error'}

    Attributes:
        column (int): Column in characters, from 1; 0 where there are no lines.
        line (int): Line, from 1; 0 where there are no lines.
        message (str): What is wrong and what would be right.
        path (str): Element and attribute, as in `service.farm.lan@name`; empty for the file as a whole. Of a package
            it is the entry, as in `bin/start_both`, with the place in the configuration file behind it, as in
            `conf/userconfig.xml: service.farm.lan@name`.
        severity (Severity): How bad it is.
    """

    column: int
    line: int
    message: str
    path: str
    severity: Severity
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        column = self.column

        line = self.line

        message = self.message

        path = self.path

        severity: str = self.severity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "column": column,
                "line": line,
                "message": message,
                "path": path,
                "severity": severity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        column = d.pop("column")

        line = d.pop("line")

        message = d.pop("message")

        path = d.pop("path")

        severity = check_severity(d.pop("severity"))

        config_problem = cls(
            column=column,
            line=line,
            message=message,
            path=path,
            severity=severity,
        )

        config_problem.additional_properties = d
        return config_problem

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
