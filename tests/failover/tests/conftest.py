"""What the kit's own tests share: skips that nobody overlooks, and a browser that draws reports."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

# Where the run's artifacts stay.
ARTIFACTS = os.environ.get("EVENKEEL_ARTIFACTS")
WIDTH, HEIGHT = 1100, 900


@pytest.fixture
def skip_loudly(capsys: pytest.CaptureFixture[str]) -> Callable[[str], NoReturn]:
    """Skips with a line that tests/run repeats in its summary."""

    def skip(why: str) -> NoReturn:
        with capsys.disabled():
            print(f"\nSKIPPED: {why}")
        pytest.skip(why)

    return skip


@pytest.fixture
def drawn(
    tmp_path: Path, skip_loudly: Callable[[str], NoReturn]
) -> Callable[[Path, str], set[tuple[int, ...]]]:
    """Draws a page in headless Chromium, keeps both, and gives the colours of the picture."""

    def draw(page: Path, name: str) -> set[tuple[int, ...]]:
        browser = shutil.which("chromium") or shutil.which("chromium-browser")
        if browser is None:
            skip_loudly("reports in a browser: chromium is not on this machine")
        picture = tmp_path / f"{name}.png"
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={WIDTH},{HEIGHT}"]
        command += [f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        if ARTIFACTS:
            Path(ARTIFACTS).mkdir(parents=True, exist_ok=True)
            shutil.copy(picture, Path(ARTIFACTS) / f"{name}.png")
            shutil.copy(page, Path(ARTIFACTS) / f"{name}.html")
        image = Image.open(picture).convert("RGB")
        assert image.size == (WIDTH, HEIGHT)
        return {colour for _, colour in image.getcolors(WIDTH * HEIGHT) or ()}

    return draw
