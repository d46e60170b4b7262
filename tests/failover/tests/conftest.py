"""What the kit's own tests share: a test that cannot run here says so where nobody overlooks it."""

from collections.abc import Callable
from typing import NoReturn

import pytest


@pytest.fixture
def skip_loudly(capsys: pytest.CaptureFixture[str]) -> Callable[[str], NoReturn]:
    """Skips with a line that tests/run repeats in its summary."""

    def skip(why: str) -> NoReturn:
        with capsys.disabled():
            print(f"\nSKIPPED: {why}")
        pytest.skip(why)

    return skip
