"""A farm that exists, known by its URLs: what works there, and how the rest is refused.

The farm is one of the lab, whose console is where such a user sits.
"""

import hashlib
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenkeel_failover import Lab, LabOptions

TESTS = """
import pytest
from evenkeel_failover import Farm, NeedsLab

def test_the_module_is_driven_and_watched(farm: Farm) -> None:
    assert farm.nodes == ("node1", "node2")
    with farm.load(held=5) as load:
        load.run_for(0.5)
        farm.restart("node2")
        farm.wait_for_state("UP", "Ready")
    load.expect.no_slow_attempt(4000).state("UP", "Ready")
    assert any(event.kind == "action_called" for event in farm.recording.events)

def test_its_address_is_seen_from_here(farm: Farm) -> None:
    farm.expect.answers_ping("node1", "node2", "address").resolves_to("node")

def test_its_daemons_do_faults_themselves(farm: Farm) -> None:
    for fault in (farm.freeze_for, farm.cut_lan):
        fault("node2", 3.0)
        farm.wait_settled("node1")
        farm.wait_settled()

def test_nobody_pulls_its_cables(farm: Farm) -> None:
    with pytest.raises(NeedsLab, match="--farm-url"):
        farm.cut("node1")

def test_the_lab_is_not_given(lab_farm: Farm) -> None:
    raise AssertionError("not reached")
"""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    lab = Lab(LabOptions(nodes=2))
    yield lab
    lab.close()


def fingerprint_of(certificate: str) -> str:
    """As `evenkeel init` prints it."""
    der = ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())
    return hashlib.sha256(der).digest().hex(":").upper()


@pytest.mark.parametrize("trust", ["farm-ca", "farm-fingerprint"])
def test_a_farm_is_tested_by_its_urls(lab: Lab, tmp_path: Path, trust: str) -> None:
    (tmp_path / "test_farm.py").write_text(TESTS)
    told = lab.description
    certificate = told["ca"]
    options = {
        "farm-url": ",".join(node["url"] for node in told["nodes"]),
        trust: certificate if trust == "farm-ca" else fingerprint_of(certificate),
        "farm-password-file": told["password_file"],
        "farm-module": told["module"],
        "farm-address": told["address"],
    }
    command = [
        *told["console"]["command"],
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
    ]
    command += [f"--{name}={value}" for name, value in options.items()]
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    done = subprocess.run(command, cwd=tmp_path, env=environment, text=True, capture_output=True)
    print(done.stdout, done.stderr)
    assert "4 passed, 1 error" in done.stdout
    assert "NeedsLab" in done.stdout
