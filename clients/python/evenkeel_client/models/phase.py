from typing import Literal

Phase = Literal["STOP", "UP", "WAIT"]

PHASE_VALUES: set[Phase] = {
    "STOP",
    "UP",
    "WAIT",
}


def check_phase(value: str) -> Phase:
    if value in PHASE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PHASE_VALUES!r}")
