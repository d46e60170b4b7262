from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    CONTROL = "control"
    MONITOR = "monitor"

    def __str__(self) -> str:
        return str(self.value)
