from typing import Literal

EntryMode = Literal["vmac_directed", "vmac_invisible"]

ENTRY_MODE_VALUES: set[EntryMode] = {
    "vmac_directed",
    "vmac_invisible",
}


def check_entry_mode(value: str) -> EntryMode:
    if value in ENTRY_MODE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ENTRY_MODE_VALUES!r}"
    )
