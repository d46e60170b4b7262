"""Scenario files: a farm, a load, steps and expectations as YAML, checked before anything is made.

```yaml
name: a cut node is replaced and comes back
farm: {nodes: 3, mode: directed}
load: {new_per_second: 100, held: 20}
steps:
  - wait_for_answers_of: all
  - cut: node2
  - wait_for_takeover_of: node2
  - restore: node2
  - wait_settled: all
expect:
  - gap_below: 1000
  - no_reset: {except_on: [node2]}
```
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .errors import FarmError
from .expect import Expectations
from .farm import Farm
from .traffic import Load


class ScenarioError(Exception):
    """The file cannot be understood; says where and why."""


class Strict(BaseModel):
    """Unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


def _listed(value: object) -> object:
    """A single node stands for a list of one, `all` for the empty list."""
    if value == "all" or value is None:
        return []
    return [value] if isinstance(value, str) else value


Nodes = Annotated[list[str], BeforeValidator(_listed)]
PerMille = Annotated[int, Field(ge=0, le=1000)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Millis = Annotated[float, Field(gt=0)]


class FarmPart(Strict):
    """The farm of the lab; a farm of --farm-url takes its place."""

    nodes: Annotated[int, Field(ge=2, le=16)] = 3
    mode: Literal["directed", "invisible"] = "directed"
    module: Path | None = None
    name: str = "web"
    port: Annotated[int, Field(ge=1, le=65535)] = 80
    macros: dict[str, str] = {}
    datapath: dict[str, Literal["auto", "ebpf", "nfqueue", "memory"]] = {}


class LoadPart(Strict):
    """The load, from the first step to the last."""

    new_per_second: Annotated[float, Field(ge=0, le=5000)] = 100.0
    held: Annotated[int, Field(ge=0, le=5000)] = 20
    held_interval_s: Seconds = 0.1
    timeout_s: Seconds = 5.0
    path: str = "/"
    host: str = "farm"
    node_header: str = "x-node"


class OneWay(Strict):
    """`one_way`."""

    node: str
    cut: Literal["in", "out"]


class Lose(Strict):
    """`lose`."""

    node: str
    per_mille: PerMille


class Slow(Strict):
    """`slow`."""

    node: str
    kbit_per_second: Annotated[int, Field(ge=0, le=100_000_000)]


class Silence(Strict):
    """`silence`."""

    nodes: Nodes = []
    talk: list[Literal["heartbeats", "probes"]] = ["heartbeats"]


class State(Strict):
    """`state` and `wait_for_state`."""

    phase: Literal["STOP", "WAIT", "UP"]
    readiness: Literal["NotReady", "Transient", "Ready"]
    nodes: Nodes = []


class NoReset(Strict):
    """`no_reset`."""

    except_on: Nodes = []


class NoSlowAttempt(Strict):
    """`no_slow_attempt`."""

    ms: Millis
    except_from: Nodes = []


class SharesWithin(Strict):
    """`shares_within`."""

    points: Annotated[float, Field(gt=0, le=100)]
    among: Nodes = []
    weights: dict[str, float] = {}


class AnswersPing(Strict):
    """`answers_ping`."""

    of: Nodes = []
    count: Annotated[int, Field(ge=1, le=10_000)] = 3
    interval_s: Seconds = 0.5
    times: Annotated[int, Field(ge=0, le=100)] = 1


def _named(field: str) -> BeforeValidator:
    """A bare value stands for the only field that has to be given; nothing at all for no field."""

    def wrap(value: object) -> object:
        if value is None:
            return {}
        return value if isinstance(value, dict) else {field: value}

    return BeforeValidator(wrap)


class OneOf(Strict):
    """A mapping with exactly one key."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError(f"exactly one of {', '.join(type(self).model_fields)}")
        return self

    def _entry(self) -> tuple[str, Any]:
        (name,) = self.model_fields_set
        return name, getattr(self, name)


class Expectation(OneOf):
    """One expectation."""

    no_reset: Annotated[NoReset, _named("except_on")] = NoReset()
    no_slow_attempt: Annotated[NoSlowAttempt, _named("ms")] | None = None
    gap_below: Millis | None = None
    shares_within: Annotated[SharesWithin, _named("points")] | None = None
    answered_by_owners: None = None
    answers_ping: Annotated[AnswersPing, _named("of")] = AnswersPing()
    resolves_to: str | None = None
    state: State | None = None

    def check(self, farm: Farm, load: Load | None) -> None:
        """Raises NotHeld."""
        name, value = self._entry()
        expect = Expectations(farm, load)
        match value:
            case State():
                expect.state(value.phase, value.readiness, *value.nodes)
            case AnswersPing():
                expect.answers_ping(*value.of, **value.model_dump(exclude={"of"}))
            case Strict():
                given = {key: given for key, given in value.model_dump().items() if given != []}
                getattr(expect, name)(**{k: v for k, v in given.items() if v != {}})
            case None:
                getattr(expect, name)()
            case _:
                getattr(expect, name)(value)


class Step(OneOf):
    """One step: a verb of the farm, something to wait for, or expectations in between."""

    cut: str | None = None
    restore: str | None = None
    kill: str | None = None
    terminate: str | None = None
    start_daemon: str | None = None
    power_off: str | None = None
    power_on: str | None = None
    freeze: str | None = None
    thaw: str | None = None
    one_way: OneWay | None = None
    lose: Lose | None = None
    slow: Slow | None = None
    partition: Nodes = []
    join: None = None
    silence: Silence | None = None
    heal: None = None
    start: Nodes = []
    stop: Nodes = []
    restart: Nodes = []
    drain: Nodes = []
    undrain: Nodes = []
    wait_for_state: State | None = None
    wait_drained: Nodes = []
    wait_settled: Nodes = []
    wait_for_answers_of: Nodes = []
    wait_for_takeover_of: str | None = None
    run_for: Seconds | None = None
    mark: None = None
    expect: list[Expectation] = []

    def take(self, farm: Farm, load: Load | None) -> None:
        """Does it."""
        name, value = self._entry()
        if name == "expect":
            for expectation in value:
                expectation.check(farm, load)
            return
        of_load = name in ("wait_for_answers_of", "wait_for_takeover_of", "run_for", "mark")
        if of_load and load is None:
            raise FarmError(f"`{name}` needs a load")
        verb: Callable[..., object] = getattr(load if of_load else farm, name)
        match value:
            case None:
                verb()
            case list():
                verb(*value)
            case State():
                verb(value.phase, value.readiness, *value.nodes)
            case Silence():
                verb(*value.nodes, talk=value.talk)
            case Strict():
                verb(**value.model_dump())
            case _:
                verb(value)


class Scenario(Strict):
    """A whole file."""

    name: str
    farm: FarmPart = FarmPart()
    load: LoadPart | None = None
    steps: list[Step]
    expect: list[Expectation] = []

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads and checks a file; raises ScenarioError with everything that is wrong."""
        try:
            return cls.model_validate(YAML(typ="safe").load(path))
        except (OSError, YAMLError) as error:
            raise ScenarioError(f"{path}: {error}") from None
        except ValidationError as error:
            wrong = [f"{path}: {_place(one['loc'])}: {one['msg']}" for one in error.errors()]
            raise ScenarioError("\n".join(wrong)) from None

    def run(self, farm: Farm) -> None:
        """Runs it; raises NotHeld where an expectation does not hold."""
        if self.load is None:
            self._steps(farm, None)
            self._expect(farm, None)
            return
        with farm.load(**self.load.model_dump()) as load:
            self._steps(farm, load)
        self._expect(farm, load)

    def _steps(self, farm: Farm, load: Load | None) -> None:
        for step in self.steps:
            step.take(farm, load)

    def _expect(self, farm: Farm, load: Load | None) -> None:
        for expectation in self.expect:
            expectation.check(farm, load)


def _place(where: Sequence[str | int]) -> str:
    """Where in the file, as in `steps[3].cut`."""
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".") or "the file"
