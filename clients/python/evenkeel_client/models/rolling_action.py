from typing import Literal

RollingAction = Literal["restart", "stopstart"]

ROLLING_ACTION_VALUES: set[RollingAction] = {
    "restart",
    "stopstart",
}


def check_rolling_action(value: str) -> RollingAction:
    if value in ROLLING_ACTION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ROLLING_ACTION_VALUES!r}"
    )
