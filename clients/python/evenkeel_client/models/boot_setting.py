from typing import Literal

BootSetting = Literal["auto", "ignore", "off", "on"]

BOOT_SETTING_VALUES: set[BootSetting] = {
    "auto",
    "ignore",
    "off",
    "on",
}


def check_boot_setting(value: str) -> BootSetting:
    if value in BOOT_SETTING_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {BOOT_SETTING_VALUES!r}"
    )
