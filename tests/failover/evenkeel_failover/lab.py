"""A farm of the lab: the process `evenkeel-lab farm`, and orders to it, line by line."""

import itertools
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .api import Api
from .errors import FarmError, LabMissing
from .namespace import Namespace

# A farm of 16 nodes on a busy machine comes up within this, and every order is carried out.
PATIENCE_S = 180.0
EXIT_MISSING = 2


@dataclass(frozen=True)
class LabOptions:
    """The farm to bring up."""

    nodes: int = 3
    mode: str = "directed"
    """`directed` or `invisible`, for the lab's own module; a package says it itself."""
    module: Path | None = None
    """A package (`.safe`) instead of the lab's own module."""
    name: str = "web"
    """The module's name."""
    port: int = 80
    macros: Mapping[str, str] = field(default_factory=dict)
    datapath: Mapping[str, str] = field(default_factory=dict)
    """Back ends of nodes, by name: `ebpf`, `nfqueue`; `memory`: one that ignores its table."""

    def arguments(self) -> list[str]:
        """As `evenkeel-lab farm` takes them."""
        arguments = [f"--nodes={self.nodes}", f"--port={self.port}"]
        if self.module is None:
            arguments.append(f"--mode={self.mode}")
        else:
            arguments += [f"--module={self.module.resolve()}", f"--name={self.name}"]
            arguments += [f"--macro={name}={value}" for name, value in self.macros.items()]
        for node, kind in self.datapath.items():
            arguments.append(f"--datapath={node.removeprefix('node')}={kind}")
        return arguments

    def __str__(self) -> str:
        """For people, in the report."""
        what = f"module {self.name}" if self.module is None else f"{self.module.name}"
        mode = "" if self.module else f", {self.mode}"
        return f"lab, {self.nodes} nodes{mode}, {what}"


def find_program(given: str | None = None) -> str:
    """The lab's program: as given, by EVENKEEL_LAB, or by the search path."""
    wanted = given or os.environ.get("EVENKEEL_LAB") or "evenkeel-lab"
    found = shutil.which(wanted)
    if found is None:
        raise LabMissing(
            f"{wanted} is not there: build it with `cargo build --release` and name it by --lab or "
            "EVENKEEL_LAB"
        )
    return found


class Lab:
    """A running farm of the lab. It ends with close(), or with this process, however that ends."""

    def __init__(self, options: LabOptions, program: str | None = None) -> None:
        """Brings it up, which takes some seconds. Raises LabMissing where the machine cannot."""
        self.options = options
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._process = subprocess.Popen(
            [find_program(program), "farm", *options.arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True, name="lab").start()
        try:
            self.description: dict[str, Any] = self._line()["farm"]
        except BaseException:
            self.close()
            raise

    @property
    def nodes(self) -> tuple[str, ...]:
        """The servers' names."""
        return tuple(node["name"] for node in self.description["nodes"])

    def api(self) -> Api:
        """The farm's API, reached from the lab's console."""
        description = self.description
        return Api(
            {node["name"]: node["url"] for node in description["nodes"]},
            description["user"],
            Path(description["password_file"]).read_text().strip(),
            description["ca"],
            Namespace(description["console"]["namespace"]),
        )

    def order(self, do: str, **fields: Any) -> float:  # noqa: ANN401
        """Has something done to the farm; gives the moment at which it began."""
        with self._lock:
            number = next(self._numbers)
            assert self._process.stdin is not None
            try:
                print(json.dumps({"id": number, "do": do, **fields}), file=self._process.stdin)
                self._process.stdin.flush()
            except BrokenPipeError:
                raise self._ended() from None
            answer = self._line()
        if "error" in answer:
            raise FarmError(f"{do} {fields}: {answer['error']}")
        return float(answer["ok"]["began_ns"]) / 1e9

    def close(self) -> None:
        """Ends the farm; nothing of it is left."""
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _line(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_S
        try:
            line = self._lines.get(timeout=deadline - time.monotonic())
        except queue.Empty:
            raise FarmError(f"the lab is silent for {PATIENCE_S:.0f} s") from None
        if line is None:
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _ended(self) -> FarmError:
        code = self._process.wait(PATIENCE_S)
        self._log.seek(0)
        said = self._log.read().decode("utf-8", "replace").strip()
        if code == EXIT_MISSING:
            return LabMissing(said.splitlines()[-1] if said else "the lab cannot run here")
        return FarmError(f"the lab ended with code {code}:\n{said[-4000:]}")
