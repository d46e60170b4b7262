"""`evenkeel-lab run`: exit codes and reports, of scenarios that hold and of one that does not."""

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BROKEN = """
name: node1 ignores its table
farm: {nodes: 2, datapath: {node1: memory}}
load: {held: 0}
steps: [{run_for: 0.5}]
expect: [{shares_within: 20}]
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs it as a pipeline does."""
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    command = [environment["EVENKEEL_LAB"], "run", *map(str, arguments)]
    done = subprocess.run(command, env=environment, text=True, capture_output=True)
    print(done.stdout, done.stderr)
    return done


def test_what_holds_ends_with_0_and_leaves_its_reports(tmp_path: Path) -> None:
    page, results = tmp_path / "out" / "report.html", tmp_path / "out" / "results.xml"
    names = ("f12_first_start", "frozen_daemon", "f6_address_invisible", "f9_ping_invisible")
    paths = [SCENARIOS / f"{name}.yaml" for name in names]
    assert run(*paths, "--report", page, "--junit", results).returncode == 0
    assert page.read_text().count("<svg") == len(names)
    suite = next(ElementTree.parse(results).getroot().iter("testsuite"))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == (
        str(len(names)),
        "0",
        "0",
    )


def test_what_does_not_hold_ends_with_1_and_names_the_cause(tmp_path: Path) -> None:
    scenario, page = tmp_path / "broken.yaml", tmp_path / "report.html"
    scenario.write_text(BROKEN)
    done = run(scenario, "--report", page)
    assert done.returncode == 1
    assert "node1 ignores its table: it answered" in done.stdout
    assert "node1 ignores its table: it answered" in page.read_text()
