from typing import Literal

GetModuleLogLevel = Literal["normal", "verbose"]

GET_MODULE_LOG_LEVEL_VALUES: set[GetModuleLogLevel] = {
    "normal",
    "verbose",
}


def check_get_module_log_level(value: str) -> GetModuleLogLevel:
    if value in GET_MODULE_LOG_LEVEL_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_MODULE_LOG_LEVEL_VALUES!r}"
    )
