from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.probed import Probed


T = TypeVar("T", bound="Detector")


@_attrs_define
class Detector:
    """How well a node can tell who is alive, and be told alive by others.

    Example:
        {'kernel_answers': True, 'late_last_us': 80, 'late_max_us': 900, 'probed': {'answered': 24000, 'foreign': 0,
            'forged': 0, 'malformed': 0, 'replayed': 0}, 'scheduling': 'fifo', 'why': 'the process has CAP_SYS_NICE'}

    Attributes:
        kernel_answers (bool): The kernel answers liveness probes on every LAN, however busy the machine is; else the
            daemon.
        late_last_us (int): Microseconds by which its timer fired late the last time.
        late_max_us (int): The most in the last minute, in microseconds.
        probed (Probed): Liveness probes that a node was asked by, by what became of them. Example: {'answered': 24000,
            'foreign': 0, 'forged': 0, 'malformed': 0, 'replayed': 0}.
        scheduling (str): How the machine schedules the thread that sends heartbeats: `fifo` (in real time), `nice`
            (before most) or `ordinary` (a busy machine holds it up).
        why (str): Why, in a sentence.
    """

    kernel_answers: bool
    late_last_us: int
    late_max_us: int
    probed: Probed
    scheduling: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kernel_answers = self.kernel_answers

        late_last_us = self.late_last_us

        late_max_us = self.late_max_us

        probed = self.probed.to_dict()

        scheduling = self.scheduling

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kernel_answers": kernel_answers,
                "late_last_us": late_last_us,
                "late_max_us": late_max_us,
                "probed": probed,
                "scheduling": scheduling,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.probed import Probed

        d = dict(src_dict)
        kernel_answers = d.pop("kernel_answers")

        late_last_us = d.pop("late_last_us")

        late_max_us = d.pop("late_max_us")

        probed = Probed.from_dict(d.pop("probed"))

        scheduling = d.pop("scheduling")

        why = d.pop("why")

        detector = cls(
            kernel_answers=kernel_answers,
            late_last_us=late_last_us,
            late_max_us=late_max_us,
            probed=probed,
            scheduling=scheduling,
            why=why,
        )

        detector.additional_properties = d
        return detector

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
