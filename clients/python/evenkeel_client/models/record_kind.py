from typing import Literal

RecordKind = Literal["api-key", "user", "webhook"]

RECORD_KIND_VALUES: set[RecordKind] = {
    "api-key",
    "user",
    "webhook",
}


def check_record_kind(value: str) -> RecordKind:
    if value in RECORD_KIND_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {RECORD_KIND_VALUES!r}"
    )
