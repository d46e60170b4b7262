from typing import Literal

StepState = Literal["acting", "done", "draining", "failed", "returning", "waiting"]

STEP_STATE_VALUES: set[StepState] = {
    "acting",
    "done",
    "draining",
    "failed",
    "returning",
    "waiting",
}


def check_step_state(value: str) -> StepState:
    if value in STEP_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {STEP_STATE_VALUES!r}"
    )
