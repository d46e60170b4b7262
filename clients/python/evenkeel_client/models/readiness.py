from typing import Literal

Readiness = Literal["NotReady", "Ready", "Transient"]

READINESS_VALUES: set[Readiness] = {
    "NotReady",
    "Ready",
    "Transient",
}


def check_readiness(value: str) -> Readiness:
    if value in READINESS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {READINESS_VALUES!r}")
