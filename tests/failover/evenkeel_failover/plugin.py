"""The pytest plugin: the farm as a fixture, scenario files as tests, the report at the end.

```python
@pytest.mark.farm(nodes=3, mode="invisible")        # or module="shop.safe"
def test_a_cut_node_is_replaced(farm): ...
```

One farm of the lab serves all tests in a row that ask for the same; between tests every fault is
undone. With `--farm-url` the tests run on a farm that exists, and verbs of the lab fail clearly.
"""

import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from evenkeel_client import ProblemError

from . import report
from .errors import FarmError, NeedsLab
from .farm import Farm
from .lab import Lab, LabOptions
from .records import Recording
from .scenario import Scenario, ScenarioError

SUFFIX = ".yaml"
# Their messages say everything; a traceback into the library would hide it.
OWN_ERRORS = (AssertionError, FarmError, ProblemError)
RECORDING = pytest.StashKey[Recording]()
# Options and the environment variables that stand in for them.
OPTIONS = {
    "lab": ("EVENKEEL_LAB", "PROGRAM", "the program evenkeel-lab"),
    "farm-url": (
        "EVENKEEL_URL",
        "URL,...",
        "an existing farm: URLs of its nodes, instead of a lab",
    ),
    "farm-ca": ("EVENKEEL_CA", "FILE", "the certificate of its authority"),
    "farm-fingerprint": (
        "EVENKEEL_FINGERPRINT",
        "AB:CD:...",
        "its fingerprint, in place of the file",
    ),
    "farm-user": ("EVENKEEL_USER", "NAME", "who logs in"),
    "farm-password-file": ("EVENKEEL_PASSWORD_FILE", "FILE", "a file with the password"),
    "farm-module": ("EVENKEEL_MODULE", "NAME", "the module under test"),
    "farm-address": ("EVENKEEL_ADDRESS", "ADDRESS", "its virtual address"),
    "farm-port": ("EVENKEEL_PORT", "PORT", "its TCP port"),
    "farm-sources": ("EVENKEEL_SOURCES", "ADDRESS,...", "this machine's addresses to connect from"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the plugin."""
    group = parser.getgroup("failover", "failover tests of an Evenkeel farm")
    for name, (variable, metavar, what) in OPTIONS.items():
        group.addoption(
            f"--{name}",
            metavar=metavar,
            default=os.environ.get(variable),
            help=f"{what} ({variable})",
        )
    group.addoption(
        "--failover-report", metavar="FILE", type=Path, help="write the HTML report there"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker and the keeper of farms."""
    config.addinivalue_line(
        "markers", "farm(nodes, mode, module, name, port, macros): the lab's farm"
    )
    config.pluginmanager.register(Farms(config), Farms.__name__)


class Farms:
    """Keeps the farm that runs, and the records of all tests."""

    def __init__(self, config: pytest.Config) -> None:
        """Nothing runs yet."""
        self._config = config
        self._farm: Farm | None = None
        self._options: LabOptions | None = None
        self.recordings: list[Recording] = []

    @classmethod
    def of(cls, config: pytest.Config) -> "Farms":
        """The keeper of a run."""
        found = config.pluginmanager.get_plugin(cls.__name__)
        assert isinstance(found, cls)
        return found

    def lend(self, item: pytest.Item, options: LabOptions, *, lab: bool = False) -> Iterator[Farm]:
        """A farm for one test, at rest before; its faults are undone afterwards."""
        farm = self._existing(lab) if self._config.getoption("farm_url") else self._of_lab(options)
        recording = farm.begin(item.nodeid)
        item.stash[RECORDING] = recording
        self.recordings.append(recording)
        try:
            yield farm
        finally:
            recording.ended = time.monotonic()
            self._tell_times(item, recording)
            try:
                farm.heal()
            except Exception:
                # The next test gets a farm of its own.
                self._close()
                raise

    def pytest_sessionfinish(self) -> None:
        """Ends the farm and writes the report."""
        self._close()
        path: Path | None = self._config.getoption("failover_report")
        if path is not None:
            report.write(path, self.recordings)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says where the report is."""
        path = self._config.getoption("failover_report")
        if path is not None and self.recordings:
            terminalreporter.write_line(f"failover report: {path}")

    def _of_lab(self, options: LabOptions) -> Farm:
        if self._farm is None or self._options != options:
            self._close()
            self._farm = Farm.of_lab(Lab(options, self._config.getoption("lab")))
            self._options = options
            self._farm.wait_settled()
        return self._farm

    def _existing(self, lab: bool) -> Farm:
        if lab:
            raise NeedsLab("this test needs a farm of the lab: leave --farm-url out")
        if self._farm is None:
            self._farm = existing_farm(self._config)
            self._farm.wait_settled()
        return self._farm

    def _close(self) -> None:
        farm, self._farm = self._farm, None
        if farm is not None:
            farm.close()

    @staticmethod
    def _tell_times(item: pytest.Item, recording: Recording) -> None:
        """Takeover times are properties of the test in JUnit XML."""
        for what, taken in report.takeovers(recording):
            item.user_properties.append((f"takeover_ms: {what}", f"{taken.gap_ms:.0f}"))


def existing_farm(config: pytest.Config) -> Farm:
    """The farm that the options name."""
    needed = {name: config.getoption(name.replace("-", "_")) for name in OPTIONS}
    absent = [name for name in ("farm-password-file", "farm-module") if not needed[name]]
    if not (needed["farm-ca"] or needed["farm-fingerprint"]):
        absent.append("farm-ca")
    if absent:
        raise FarmError("--farm-url needs " + ", ".join(f"--{name}" for name in absent))
    return Farm.existing(
        needed["farm-url"].split(","),
        user=needed["farm-user"] or "admin",
        password=Path(needed["farm-password-file"]).read_text().strip(),
        # Who gives a file by option means it, whatever the environment says beside it.
        ca=needed["farm-ca"],
        fingerprint=None if needed["farm-ca"] else needed["farm-fingerprint"],
        module=needed["farm-module"],
        address=needed["farm-address"],
        port=int(needed["farm-port"] or 80),
        sources=(needed["farm-sources"] or "").split(",") if needed["farm-sources"] else (),
    )


def lab_options(fields: dict[str, Any], beside: Path) -> LabOptions:
    """The lab's options as a marker or a scenario gives them; a package stands `beside` a file."""
    if module := fields.get("module"):
        fields = fields | {"module": (beside.parent / module).resolve()}
    return LabOptions(**fields)


def _marked(request: pytest.FixtureRequest) -> LabOptions:
    marker = request.node.get_closest_marker("farm")
    return lab_options(dict(marker.kwargs) if marker else {}, request.path)


@pytest.fixture
def farm(request: pytest.FixtureRequest) -> Iterator[Farm]:
    """The farm under test: of the lab as the marker `farm` says, or the one of --farm-url."""
    yield from Farms.of(request.config).lend(request.node, _marked(request))


@pytest.fixture
def lab_farm(request: pytest.FixtureRequest) -> Iterator[Farm]:
    """A farm of the lab, for tests that cut cables; an error with --farm-url."""
    yield from Farms.of(request.config).lend(request.node, _marked(request), lab=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts the outcome into the record."""
    made = yield
    recording = item.stash.get(RECORDING, None)
    if recording is not None and (made.when == "call" or made.outcome == "failed"):
        recording.outcome = made.outcome
        if made.failed and call.excinfo is not None:
            own = isinstance(call.excinfo.value, OWN_ERRORS)
            recording.message = str(call.excinfo.value) if own else made.longreprtext
    return made


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """A scenario that is named on the command line is a test."""
    if file_path.suffix == SUFFIX and parent.session.isinitpath(file_path):
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    """A scenario's file."""

    def collect(self) -> Iterator["ScenarioItem"]:
        """It has one test."""
        try:
            scenario = Scenario.read(self.path)
        except ScenarioError as error:
            raise self.CollectError(str(error)) from None
        yield ScenarioItem.from_parent(self, name=scenario.name, scenario=scenario)


class ScenarioItem(pytest.Item):
    """A scenario as a test."""

    def __init__(self, *, scenario: Scenario, **more: Any) -> None:  # noqa: ANN401
        """Made by from_parent."""
        super().__init__(**more)
        self._scenario = scenario

    def runtest(self) -> None:
        """Runs it on a farm."""
        options = lab_options(self._scenario.farm.model_dump(exclude_unset=True), self.path)
        lent = Farms.of(self.config).lend(self, options)
        farm = next(lent)
        try:
            self._scenario.run(farm)
        finally:
            next(lent, None)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """What the library says needs no traceback."""
        if isinstance(excinfo.value, OWN_ERRORS):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style="short"))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is from."""
        return self.path, 0, self.name
