from typing import Literal

UpgradeState = Literal["failed", "none", "running", "succeeded"]

UPGRADE_STATE_VALUES: set[UpgradeState] = {
    "failed",
    "none",
    "running",
    "succeeded",
}


def check_upgrade_state(value: str) -> UpgradeState:
    if value in UPGRADE_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {UPGRADE_STATE_VALUES!r}"
    )
