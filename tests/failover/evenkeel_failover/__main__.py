"""`evenkeel-failover run SCENARIO.yaml...`: scenarios from the command line, with report and codes.

Exit codes: 0 all held, 1 something did not, 2 the machine lacks something, 3 a scenario cannot be
understood (nothing was run then).
"""

import argparse
import sys
from pathlib import Path

import pytest

from . import plugin
from .errors import LabMissing
from .scenario import Scenario, ScenarioError

HELD, NOT_HELD, MISSING, NOT_UNDERSTOOD = range(4)


class Verdict:
    """Listens for what pytest's own exit code does not tell."""

    def __init__(self) -> None:
        """Nothing is missing so far."""
        self.lacks: str | None = None

    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Notes what the machine lacks."""
        if call.excinfo is not None and isinstance(call.excinfo.value, LabMissing):
            self.lacks = str(call.excinfo.value)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="evenkeel-failover", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run scenarios")
    run.add_argument("scenarios", nargs="+", type=Path, metavar="SCENARIO.yaml")
    run.add_argument("--report", metavar="FILE", help="write the HTML report there")
    run.add_argument("--junit", metavar="FILE", help="write JUnit XML there")
    for name, (variable, metavar, what) in plugin.OPTIONS.items():
        run.add_argument(f"--{name}", metavar=metavar, help=f"{what} ({variable})")
    return run_scenarios(vars(parser.parse_args(arguments)))


def run_scenarios(given: dict[str, object]) -> int:
    """Checks all scenarios, then runs them."""
    paths = given["scenarios"]
    assert isinstance(paths, list)
    try:
        for path in paths:
            Scenario.read(path)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return NOT_UNDERSTOOD
    options = ["-p", "no:cacheprovider", "-rfE", "-Wignore::pytest.PytestAssertRewriteWarning"]
    for name in plugin.OPTIONS:
        if value := given[name.replace("-", "_")]:
            options.append(f"--{name}={value}")
    for option, name in (("failover-report", "report"), ("junitxml", "junit")):
        if given[name]:
            options.append(f"--{option}={given[name]}")
    verdict = Verdict()
    # Only what is named here may change a run: no configuration file of where one happens to be.
    options += [f"--rootdir={Path.cwd()}", "-c", "/dev/null"]
    code = pytest.main([*options, *map(str, paths)], plugins=[verdict, *_own_plugin()])
    if verdict.lacks is not None:
        print(f"this machine cannot run it: {verdict.lacks}", file=sys.stderr)
        return MISSING
    return HELD if code == pytest.ExitCode.OK else NOT_HELD


def _own_plugin() -> list[object]:
    """The plugin, unless it is installed and pytest finds it by itself."""
    from importlib.metadata import entry_points

    found = entry_points(group="pytest11", name="evenkeel_failover")
    return [] if found else [plugin]


if __name__ == "__main__":
    sys.exit(main())
