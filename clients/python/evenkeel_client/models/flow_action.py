from typing import Literal

FlowAction = Literal["accept", "answer", "drop", "forward"]

FLOW_ACTION_VALUES: set[FlowAction] = {
    "accept",
    "answer",
    "drop",
    "forward",
}


def check_flow_action(value: str) -> FlowAction:
    if value in FLOW_ACTION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {FLOW_ACTION_VALUES!r}"
    )
