from typing import Literal

PartChange = Literal["added", "changed", "removed"]

PART_CHANGE_VALUES: set[PartChange] = {
    "added",
    "changed",
    "removed",
}


def check_part_change(value: str) -> PartChange:
    if value in PART_CHANGE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {PART_CHANGE_VALUES!r}"
    )
