"""Farms that are broken on purpose: the expectations must fail, and their messages name the cause."""

from collections.abc import Callable

import pytest

from evenkeel_failover import Farm, NotHeld


def message_of(expectation: Callable[[], object]) -> str:
    """What is said where it does not hold."""
    with pytest.raises(NotHeld) as raised:
        expectation()
    return str(raised.value)


@pytest.mark.farm(datapath={"node1": "memory"})
def test_a_node_that_ignores_its_table_is_named(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        load.run_for(1)
        said = message_of(lambda: load.expect.shares_within(15))
        owners = message_of(load.expect.answered_by_owners)
    assert "node1 ignores its table" in said
    assert "memory" in said
    assert "node3's, answered by node1" in owners or "node2's, answered by node1" in owners


@pytest.mark.farm(mode="invisible")
def test_a_switch_that_drops_heartbeats_only_is_told_from_a_dead_node(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        lab_farm.silence(talk=["heartbeats"])
        load.run_for(4)
        said = message_of(lambda: lab_farm.expect.state("STOP", "NotReady"))
        print(said)
        print(message_of(lambda: load.expect.no_reset().shares_within(15)))
    assert "heartbeats lost" in said
