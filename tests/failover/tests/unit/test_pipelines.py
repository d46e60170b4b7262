"""The example pipelines: read as YAML, and every option and path that they name is there."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from evenkeel_failover import plugin

REPOSITORY = Path(__file__).parents[4]
PIPELINES = sorted((REPOSITORY / "packaging" / "ci").glob("*.yml"))
OPTIONS = {"--failover-report", "--junitxml", "--report", "--junit", "--lab"}


def test_there_is_one_for_each_host() -> None:
    assert [path.stem for path in PIPELINES] == ["github-actions", "gitlab-ci"]


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.stem)
def test_what_it_names_is_there(path: Path) -> None:
    text = path.read_text()
    assert YAML(typ="safe").load(text)
    for named in re.findall(r"evenkeel/((?:clients|tests)/[\w/]+)", text):
        assert (REPOSITORY / named / "pyproject.toml").is_file()
    told = [line for line in text.splitlines() if "--junit" in line or "--report" in line]
    assert len(told) == 2
    for option in re.findall(r"--[a-z-]+", " ".join(told)):
        assert option in OPTIONS
    variables = {variable for variable, _, _ in plugin.OPTIONS.values()} | {"EVENKEEL_PYTHON"}
    named = set(re.findall(r"\bEVENKEEL_[A-Z_]+", text)) - {"EVENKEEL_REPOSITORY"}
    assert named
    assert named <= variables
