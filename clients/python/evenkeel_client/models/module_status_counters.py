from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ModuleStatusCounters")


@_attrs_define
class ModuleStatusCounters:
    """Packets since the traffic was opened, by verdict and reason; empty while it is closed.

    * `accept_opens`: It opens a flow in a bucket of this node.
    * `accept_mine`: It continues a flow in a settled bucket of this node.
    * `accept_socket`: A local socket holds its flow, in a bucket that is coming or going.
    * `accept_echo`: An echo request (ping) in a bucket of this node.
    * `accept_error`: An ICMP error about a flow of this node.
    * `accept_fragment`: A later part of a datagram whose first part this node took.
    * `accept_malformed`: Cut short or contradicting itself, in a bucket of this node, whose stack ends it.
    * `forward_owner`: Sent on to the bucket's owner.
    * `forward_previous`: It continues a flow that nobody holds here: sent on to the bucket's previous owner.
    * `forward_fragment`: A later part of a datagram, sent on after its first part.
    * `answer_arp`: An ARP request for a virtual address, answered with the agreed MAC.
    * `answer_solicitation`: A neighbour solicitation for a virtual address, answered with the agreed MAC.
    * `drop_foreign`: Another node's, which sees the packet itself.
    * `drop_migrating`: It continues a flow that nobody holds here; the previous owner sees the packet itself.
    * `drop_closed`: Of a bucket that will be this node's, but may not be opened yet.
    * `drop_from_peer`: Another node's, and a peer sent it on already.
    * `drop_lease`: To be accepted or answered, but the daemon holds no valid lease.
    * `drop_no_route`: To be sent on, but the receiver's MAC address is unknown.
    * `drop_no_rule`: To a virtual address, and no rule names it.
    * `drop_fragment`: A later part of a datagram whose first part was dropped, or not seen lately.
    * `drop_malformed`: The first part of a datagram, without the header that decides.
    * `drop_other_mac`: To a virtual address, but on the link to somebody else: a switch flooded it.
    * `drop_other_interface`: To a virtual address of another interface.
    * `drop_not_entry`: An ARP request or neighbour solicitation for a virtual address that another node answers.
    * `drop_claim`: An ARP message or one of neighbour discovery that says where a virtual address is.
    * `drop_seat_belt`: On its way out: such a message that binds a virtual address to another than the agreed MAC.
    * `drop_late_answer`: On its way out: the answer to a SYN, repeated when another node may have the bucket.
    * `drop_fence`: The daemon is gone or not ready: the fence drops all traffic to the virtual addresses.
    * `drop_no_table`: The tables contradict each other; never seen in a sound installation.

    """

    additional_properties: dict[str, int] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        module_status_counters = cls()

        module_status_counters.additional_properties = d
        return module_status_counters

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> int:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: int) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
