from typing import Literal

Hashed = Literal["address", "address_and_port", "ip_id"]

HASHED_VALUES: set[Hashed] = {
    "address",
    "address_and_port",
    "ip_id",
}


def check_hashed(value: str) -> Hashed:
    if value in HASHED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HASHED_VALUES!r}")
