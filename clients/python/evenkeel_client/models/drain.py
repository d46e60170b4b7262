from typing import Literal

Drain = Literal["drained", "draining"]

DRAIN_VALUES: set[Drain] = {
    "drained",
    "draining",
}


def check_drain(value: str) -> Drain:
    if value in DRAIN_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {DRAIN_VALUES!r}")
