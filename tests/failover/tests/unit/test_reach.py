"""Pings and neighbours, against this machine's own kernel."""

import shutil
import threading
from collections.abc import Callable
from typing import NoReturn

import pytest

from evenkeel_failover.errors import FarmError
from evenkeel_failover.reach import Pinged, Workstation, checksum, virtual_mac

HERE = Workstation()


@pytest.fixture
def raw(skip_loudly: Callable[[str], NoReturn]) -> None:
    """Skips where this machine lets nobody ping."""
    try:
        HERE.ping("127.0.0.1", 1, 0.0)
    except FarmError as error:
        skip_loudly(f"pings: {error}")


def test_the_checksum_is_that_of_the_rfc() -> None:
    assert checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0x220D
    assert checksum(b"\xff") == 0x00FF


def test_a_virtual_mac_is_the_address_behind_5afe() -> None:
    assert virtual_mac("10.77.0.100") == "5a:fe:0a:4d:00:64"


def test_one_answer_too_many_or_too_few_is_found() -> None:
    pinged = Pinged("192.0.2.100", [0.0, 1.0, 2.0], [[0.1], [], [0.1, 0.2]])
    assert pinged.other_than(1) == {2: 0, 3: 2}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
@pytest.mark.usefixtures("raw")
def test_each_ping_of_this_machine_is_answered_once(address: str) -> None:
    pinged = HERE.ping(address, 3, 0.05)
    assert [len(answers) for answers in pinged.answers] == [1, 1, 1]


@pytest.mark.usefixtures("raw")
def test_pings_at_the_same_time_do_not_take_each_others_answers() -> None:
    seen: list[Pinged] = []

    def ping() -> None:
        seen.append(HERE.ping("127.0.0.1", 5, 0.01))

    threads = [threading.Thread(target=ping) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [pinged.other_than(1) for pinged in seen] == [{}] * 4


def test_an_address_without_an_entry_is_told(skip_loudly: Callable[[str], NoReturn]) -> None:
    if shutil.which("ip") is None:
        skip_loudly("neighbours: ip is not on this machine")
    with pytest.raises(FarmError, match="behind a router"):
        HERE.mac("127.0.0.1")
