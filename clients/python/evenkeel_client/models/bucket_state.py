from typing import Literal

BucketState = Literal["closed", "foreign", "foreign_held", "migrating", "mine"]

BUCKET_STATE_VALUES: set[BucketState] = {
    "closed",
    "foreign",
    "foreign_held",
    "migrating",
    "mine",
}


def check_bucket_state(value: str) -> BucketState:
    if value in BUCKET_STATE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {BUCKET_STATE_VALUES!r}"
    )
