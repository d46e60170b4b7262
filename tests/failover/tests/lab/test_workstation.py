"""What a workstation sees of a farm, and what is said where it is not as expected."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from evenkeel_failover import Farm, NotHeld
from evenkeel_failover.namespace import Namespace
from evenkeel_failover.reach import Workstation, virtual_mac

# Answers every ping twice, in place of a kernel that keeps silent.
TWICE = """
import socket, struct
from evenkeel_failover.reach import HEADER, checksum
with open("/proc/sys/net/ipv4/icmp_echo_ignore_all", "w") as file:
    file.write("1")
icmp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
print("ready", flush=True)
while True:
    packet, sender = icmp.recvfrom(65535)
    message = packet[(packet[0] & 0x0F) * 4:]
    kind, _, _, identity, number = HEADER.unpack_from(message)
    if kind == 8:
        bare = HEADER.pack(0, 0, 0, identity, number) + message[HEADER.size:]
        answer = HEADER.pack(0, 0, checksum(bare), identity, number) + message[HEADER.size:]
        for _ in range(2):
            icmp.sendto(answer, sender)
"""


@contextmanager
def duplicating() -> Iterator[Namespace]:
    """A network of its own, where every ping is answered twice."""
    # The kernel ends who answers when the test is killed, and with it the namespace.
    start = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sh", "-c"]
    run = 'ip link set lo up && exec python3 -c "$0"'
    process = subprocess.Popen([*start, run, TWICE], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Namespace(f"/proc/{process.pid}/ns/net")
    finally:
        process.kill()
        process.wait()


def test_a_second_answer_is_counted() -> None:
    with duplicating() as namespace:
        pinged = Workstation(namespace).ping("127.0.0.1", 3, 0.1)
    assert pinged.other_than(1) == {1: 2, 2: 2, 3: 2}


@pytest.mark.farm(nodes=2)
def test_a_directed_address_is_a_nodes_and_answers_once(lab_farm: Farm) -> None:
    lab_farm.expect.answers_ping("node1", "node2", "address").resolves_to("node")
    known = lab_farm.addresses()
    assert set(known) == {"node1", "node2", "address"}
    owner = {lab_farm.workstation.mac(known[node]): node for node in lab_farm.nodes}
    entry = owner[lab_farm.workstation.mac(known["address"])]
    lab_farm.expect.resolves_to(entry)
    (other,) = set(lab_farm.nodes) - {entry}
    for wrong in (other, "virtual", virtual_mac("10.0.0.1")):
        with pytest.raises(NotHeld, match="which is none of"):
            lab_farm.expect.resolves_to(wrong)
    with pytest.raises(NotHeld, match=r"ping 1 of address, [0-9.]+, was answered once"):
        lab_farm.expect.answers_ping(count=1, times=2)


@pytest.mark.farm(nodes=2)
def test_a_node_that_is_cut_off_is_not_seen_to_answer(lab_farm: Farm) -> None:
    lab_farm.cut("node2")
    with pytest.raises(NotHeld, match=r"ping 2 of node2, [0-9.]+, was not answered"):
        lab_farm.expect.answers_ping("node2", count=2, interval_s=0.1)
    lab_farm.expect.answers_ping("node2", count=2, times=0)
