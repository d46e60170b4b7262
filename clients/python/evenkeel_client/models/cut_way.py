from typing import Literal

CutWay = Literal["both", "in", "out"]

CUT_WAY_VALUES: set[CutWay] = {
    "both",
    "in",
    "out",
}


def check_cut_way(value: str) -> CutWay:
    if value in CUT_WAY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CUT_WAY_VALUES!r}")
