from typing import Literal

Answers = Literal["everybody", "nobody", "share"]

ANSWERS_VALUES: set[Answers] = {
    "everybody",
    "nobody",
    "share",
}


def check_answers(value: str) -> Answers:
    if value in ANSWERS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ANSWERS_VALUES!r}")
