"""A slow cable: it carries no more than was said, whatever the machine can."""

import time

import pytest

from evenkeel_failover import Farm

KBIT_PER_SECOND = 2000
LIMIT = KBIT_PER_SECOND * 1000 / 8


def speed(farm: Farm, node: str) -> float:
    """Bytes per second of a download from a node, through its cable."""
    url = farm.api.urls[node]
    with farm.api.entered():
        client = farm.api.log_in(url).get_httpx_client()
        began, taken = time.monotonic(), 0
        while taken < LIMIT * 2:
            with client.stream("GET", "/openapi.json") as answer:
                answer.raise_for_status()
                answer.read()
                taken += answer.num_bytes_downloaded
        return taken / (time.monotonic() - began)


@pytest.mark.farm(nodes=2)
def test_a_slow_cable_carries_no_more_than_said_until_that_is_over(lab_farm: Farm) -> None:
    before = speed(lab_farm, "node2")
    lab_farm.slow("node2", KBIT_PER_SECOND)
    during, elsewhere = speed(lab_farm, "node2"), speed(lab_farm, "node1")
    lab_farm.slow("node2", 0)
    after = speed(lab_farm, "node2")
    lab_farm.slow("node2", KBIT_PER_SECOND)
    lab_farm.heal()
    healed = speed(lab_farm, "node2")
    told = f"{before=:.0f} {during=:.0f} {elsewhere=:.0f} {after=:.0f} {healed=:.0f} {LIMIT=:.0f}"
    print(told)
    assert during <= LIMIT, told
    assert min(before, elsewhere, after, healed) > 3 * during, told
    texts = [fault.text for fault in lab_farm.recording.faults[:2]]
    assert texts == ["node2: at most 2000 kbit/s", "node2: as fast as ever"]
