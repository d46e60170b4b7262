from enum import StrEnum


class Phase(StrEnum):
    STOP = "STOP"
    UP = "UP"
    WAIT = "WAIT"

    def __str__(self) -> str:
        return str(self.value)
