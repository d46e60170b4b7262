"""Scenario files: what is understood, what is refused and how, and the ready-made ones."""

from pathlib import Path

import pytest

from evenkeel_failover.__main__ import MISSING, NOT_UNDERSTOOD, main
from evenkeel_failover.scenario import Scenario, ScenarioError

READY_MADE = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def written(folder: Path, text: str) -> Path:
    path = folder / "scenario.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("path", READY_MADE, ids=lambda path: path.stem)
def test_the_ready_made_ones_are_understood(path: Path) -> None:
    scenario = Scenario.read(path)
    assert scenario.steps
    assert scenario.expect


def test_there_are_ready_made_ones() -> None:
    assert len(READY_MADE) >= 8


def test_everything_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    text = """
name: wrong
farm: {nodes: 1}
steps:
  - cut: node1
    kill: node2
  - melt: node1
expect:
  - gap_below: soon
"""
    with pytest.raises(ScenarioError) as raised:
        Scenario.read(written(tmp_path, text))
    told = str(raised.value)
    for place in ("farm.nodes", "steps[0]: Value error, exactly one of", "steps[1].melt"):
        assert place in told
    assert "expect[0].gap_below" in told


@pytest.mark.parametrize("text", ["", "steps: [", "name: x\nsteps: 3\n"])
def test_what_is_no_scenario_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScenarioError, match=r"scenario\.yaml"):
        Scenario.read(written(tmp_path, text))


def test_short_forms_stand_for_the_long_ones(tmp_path: Path) -> None:
    text = """
name: short
load: {}
steps:
  - wait_settled: all
  - stop: node1
  - heal:
  - mark:
expect:
  - no_reset:
  - no_reset: node2
  - shares_within: 10
  - answers_ping:
  - answers_ping: {of: [node1, address], count: 5}
"""
    scenario = Scenario.read(written(tmp_path, text))
    assert scenario.steps[0].wait_settled == []
    assert scenario.steps[1].stop == ["node1"]
    assert [one.no_reset.except_on for one in scenario.expect[:2]] == [[], ["node2"]]
    assert [one.answers_ping.of for one in scenario.expect[3:]] == [[], ["node1", "address"]]
    assert scenario.expect[2].shares_within is not None
    assert scenario.expect[2].shares_within.points == 10


def test_exit_codes_tell_what_is_not_understood_from_what_is_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(tmp_path / "none.yaml")]) == NOT_UNDERSTOOD
    assert "none.yaml" in capfd.readouterr().err
    sound = written(tmp_path, "name: sound\nsteps: [{heal: }]\n")
    assert main(["run", str(sound), "--lab", str(tmp_path / "no-lab")]) == MISSING
    assert "no-lab is not there" in capfd.readouterr().err
