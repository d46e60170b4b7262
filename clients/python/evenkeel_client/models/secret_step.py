from typing import Literal

SecretStep = Literal["accepting", "retiring", "settled"]

SECRET_STEP_VALUES: set[SecretStep] = {
    "accepting",
    "retiring",
    "settled",
}


def check_secret_step(value: str) -> SecretStep:
    if value in SECRET_STEP_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {SECRET_STEP_VALUES!r}"
    )
