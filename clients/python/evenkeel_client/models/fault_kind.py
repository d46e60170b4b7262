from typing import Literal

FaultKind = Literal["cut", "freeze", "kill"]

FAULT_KIND_VALUES: set[FaultKind] = {
    "cut",
    "freeze",
    "kill",
}


def check_fault_kind(value: str) -> FaultKind:
    if value in FAULT_KIND_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {FAULT_KIND_VALUES!r}"
    )
