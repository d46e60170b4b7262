"""Farms that are broken on purpose: expectations must fail, and their messages name the cause."""

from collections.abc import Callable

import pytest

from evenkeel_failover import Farm, NotHeld


def message_of(expectation: Callable[[], object]) -> str:
    """What is said where it does not hold."""
    with pytest.raises(NotHeld) as raised:
        expectation()
    return str(raised.value)


def is_in_parts(farm: Farm) -> bool:
    return all(farm.state(node).members == [node] for node in farm.nodes)


@pytest.mark.farm(datapath={"node1": "memory"})
def test_a_node_that_ignores_its_table_is_named(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        load.run_for(1)
    said = message_of(lambda: load.expect.shares_within(15))
    assert "node1 ignores its table" in said
    assert "memory" in said
    said = message_of(load.expect.answered_by_owners)
    assert "'s, answered by node1" in said


def test_a_switch_that_drops_heartbeats_only_is_told_from_a_dead_node(lab_farm: Farm) -> None:
    with lab_farm.load(timeout_s=2) as load:
        lab_farm.silence(talk=["heartbeats"])
        # Whether a connection breaks is chance: clients go to whose address they heard last.
        load.wait(lambda _: is_in_parts(lab_farm), "each node in a view of its own")
    said = message_of(lambda: load.expect.state("STOP", "NotReady"))
    assert "heartbeats lost" in said
    assert "in parts, although the API reaches all of them" in said
    assert "heartbeats are lost between nodes whose kernels answer each other's probes" in said


def test_a_verb_for_a_node_that_is_not_there_is_refused(lab_farm: Farm) -> None:
    with pytest.raises(Exception, match="there is no node9"):
        lab_farm.cut("node9")
