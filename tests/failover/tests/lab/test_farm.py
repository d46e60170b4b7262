"""A short suite on a farm of the lab, in both entry modes. Bounds are loose: machines are busy."""

import pytest

from evenkeel_failover import Farm

GAP_MS = 1500
POINTS = 15

in_each_mode = pytest.mark.parametrize(
    "mode",
    [pytest.param(mode, marks=pytest.mark.farm(mode=mode)) for mode in ("directed", "invisible")],
)


@in_each_mode
@pytest.mark.usefixtures("mode")
def test_a_cut_node_is_replaced_and_comes_back(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        lab_farm.cut("node2")
        load.wait_for_takeover_of("node2")
        load.run_for(1)
        lab_farm.restore("node2")
        lab_farm.wait_settled()
        load.wait_for_answers_of("node2")
        load.mark()
        load.run_for(3)
    load.expect.no_reset(except_on="node2").gap_below(GAP_MS).shares_within(POINTS)
    load.expect.answered_by_owners().state("UP", "Ready")


@in_each_mode
@pytest.mark.usefixtures("mode")
def test_a_killed_daemon_is_replaced_and_comes_back(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        lab_farm.kill("node3")
        load.wait_for_takeover_of("node3")
        lab_farm.start_daemon("node3")
        lab_farm.wait_settled()
        load.wait_for_answers_of("node3")
    load.expect.no_reset(except_on="node3").gap_below(GAP_MS).state("UP", "Ready")


@in_each_mode
@pytest.mark.usefixtures("mode")
def test_a_drained_node_keeps_its_connections_and_gets_no_new_ones(lab_farm: Farm) -> None:
    with lab_farm.load() as load:
        load.wait_for_answers_of("node1", "node2", "node3")
        lab_farm.drain("node2")
        load.run_for(1)
        load.mark()
        load.run_for(2)
    load.expect.no_reset().gap_below(GAP_MS).shares_within(POINTS, among=("node1", "node3"))
    lab_farm.wait_drained("node2")
    lab_farm.expect.state("UP", "Ready")
    lab_farm.undrain("node2")
    lab_farm.wait_settled()


def test_a_mute_node_and_a_deaf_one_are_replaced(lab_farm: Farm) -> None:
    with lab_farm.load(held=0) as load:
        for cut in ("out", "in"):
            lab_farm.one_way("node2", cut)
            load.wait_for_takeover_of("node2")
            lab_farm.heal()
    assert [fault.text for fault in lab_farm.recording.faults][::2] == ["node2 mute", "node2 deaf"]
    load.expect.gap_below(GAP_MS)
