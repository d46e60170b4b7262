"""The walk-through of README.md, done: its files are written, its commands run, as they stand."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```(\w+) (title=(?P<file>\S+)|run)\n(?P<text>.*?)^```$", re.M | re.S)
TEST_LINES_MAX = 30


def test_the_walk_through_does_what_it_says(
    tmp_path: Path,
    skip_loudly: Callable[[str], NoReturn],
    drawn: Callable[[Path, str], set[tuple[int, ...]]],
) -> None:
    if shutil.which("nginx") is None:
        skip_loudly("the walk-through: nginx is not on this machine")
    blocks = list(BLOCK.finditer(README.read_text()))
    assert len([block for block in blocks if not block["file"]]) == 3
    for block in blocks:
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"])
        else:
            run(block["text"], tmp_path)
    tests = ElementTree.parse(tmp_path / "junit.xml").getroot()
    properties = [entry.get("name") for entry in tests.iter("property")]
    assert "takeover_ms: node2 without power" in properties
    for report in ("report.html", "scenario.html"):
        assert 'class="takeover"' in (tmp_path / report).read_text()
    assert len((tmp_path / "test_shop.py").read_text().splitlines()) <= TEST_LINES_MAX
    # A node's area and a state.
    assert {(0x00, 0x72, 0xB2), (0x4C, 0x9F, 0x5A)} <= drawn(
        tmp_path / "report.html", "failover-shop"
    )


def run(command: str, folder: Path) -> None:
    """Runs a command of the page; what it says is in this test's output."""
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    done = subprocess.run(
        ["sh", "-euc", command], cwd=folder, env=environment, text=True, capture_output=True
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0, command
