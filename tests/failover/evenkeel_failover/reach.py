"""What a workstation sees below TCP: who answers pings, how often, and whose MAC an address has."""

import ipaddress
import itertools
import json
import os
import select
import socket
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from .errors import FarmError
from .namespace import Namespace

# Types of messages: ICMP's, and ICMPv6's.
ECHO = {4: (8, 0), 6: (128, 129)}
HEADER = struct.Struct("!BBHHH")
CONTENT = b"evenkeel failover test"
# After the last ping a first answer is waited for as long as this, and a second one a moment more.
ANSWER_S = 3.0
ONE_MORE_S = 0.5
NUMBERS = itertools.count(os.getpid())


@dataclass
class Pinged:
    """Pings of one address, each with the moments of its answers after it was sent, in seconds."""

    address: str
    sent: list[float] = field(default_factory=list)
    answers: list[list[float]] = field(default_factory=list)

    def other_than(self, times: int) -> dict[int, int]:
        """The numbers of pings that were not answered so often, with how often they were."""
        counts = {number: len(answers) for number, answers in enumerate(self.answers, 1)}
        return {number: count for number, count in counts.items() if count != times}


@dataclass(frozen=True)
class Workstation:
    """Where clients are: a namespace of the lab, or this machine."""

    namespace: Namespace | None = None
    prefix: Sequence[str] = ()
    """What brings a command there."""

    def ping(self, address: str, count: int, interval_s: float) -> Pinged:
        """Pings an address so often, and counts the answers to each, duplicates too."""
        version = ipaddress.ip_address(address).version
        try:
            with self.namespace.entered() if self.namespace else nullcontext():
                opened = _icmp_socket(version)
            with opened:
                opened.connect((address, 0))
                return _ping(opened, version, Pinged(address), count, interval_s)
        except PermissionError:
            raise FarmError("to ping needs root, or the capability CAP_NET_RAW") from None
        except OSError as error:
            raise FarmError(f"{address} cannot be pinged from here: {error}") from error

    def mac(self, address: str) -> str:
        """The MAC address that it resolved an address to; the address was talked to before."""
        told = subprocess.run(
            [*self.prefix, "ip", "-json", "neigh", "show", "to", address],
            check=True,
            text=True,
            capture_output=True,
        )
        entries: list[Mapping[str, str]] = json.loads(told.stdout or "[]")
        found = [entry["lladdr"] for entry in entries if "lladdr" in entry]
        if not found:
            raise FarmError(
                f"{address} has no MAC address here: it does not answer, or is behind a router; "
                "this has to be seen from a machine of the LAN"
            )
        return found[0]


def virtual_mac(address: str) -> str:
    """The MAC address of an IPv4 address in invisible mode: 5a:fe and the address."""
    return (b"\x5a\xfe" + ipaddress.IPv4Address(address).packed).hex(":")


def _icmp_socket(version: int) -> socket.socket:
    family, protocol = {
        4: (socket.AF_INET, socket.IPPROTO_ICMP),
        6: (socket.AF_INET6, socket.IPPROTO_ICMPV6),
    }[version]
    opened = socket.socket(family, socket.SOCK_RAW, protocol)
    opened.setblocking(False)
    return opened


def _ping(
    opened: socket.socket, version: int, pinged: Pinged, count: int, interval_s: float
) -> Pinged:
    """Sends one after another, and listens meanwhile and for a moment after."""
    identity = next(NUMBERS) & 0xFFFF
    until = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= until and len(pinged.sent) < count:
            opened.send(_echo(version, identity, len(pinged.sent)))
            pinged.sent.append(now)
            pinged.answers.append([])
            is_last = len(pinged.sent) == count
            until = now + (ANSWER_S if is_last else interval_s)
        elif now >= until:
            return pinged
        select.select([opened], [], [], max(0.0, until - time.monotonic()))
        number, at = _answered(opened, version, identity), time.monotonic()
        if number is None or number >= len(pinged.sent):
            continue
        pinged.answers[number].append(at - pinged.sent[number])
        if len(pinged.sent) == count and all(pinged.answers):
            until = min(until, at + ONE_MORE_S)


def _echo(version: int, identity: int, number: int) -> bytes:
    kind, _ = ECHO[version]
    bare = HEADER.pack(kind, 0, 0, identity, number) + CONTENT
    # The kernel fills in ICMPv6's, which has the addresses in it.
    return HEADER.pack(kind, 0, checksum(bare), identity, number) + CONTENT


def _answered(opened: socket.socket, version: int, identity: int) -> int | None:
    """The number of the ping that the next packet answers, if there is one and it does."""
    try:
        packet = opened.recv(65535)
    except BlockingIOError:
        return None
    if version == 4:
        # A raw socket of IPv4 shows the header, too: its length is in words.
        packet = packet[(packet[0] & 0x0F) * 4 :]
    if len(packet) < HEADER.size:
        return None
    kind, _, _, whose, number = HEADER.unpack_from(packet)
    _, answer = ECHO[version]
    return int(number) if (kind, whose) == (answer, identity) else None


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    words = struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2))
    total = sum(words)
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
