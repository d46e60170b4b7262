from enum import StrEnum


class Readiness(StrEnum):
    NOTREADY = "NotReady"
    READY = "Ready"
    TRANSIENT = "Transient"

    def __str__(self) -> str:
        return str(self.value)
