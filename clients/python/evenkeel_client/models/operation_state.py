from typing import Literal

OperationState = Literal["cancelled", "failed", "interrupted", "running", "succeeded"]

OPERATION_STATE_VALUES: set[OperationState] = {
    "cancelled",
    "failed",
    "interrupted",
    "running",
    "succeeded",
}


def check_operation_state(value: str) -> OperationState:
    if value in OPERATION_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {OPERATION_STATE_VALUES!r}"
    )
