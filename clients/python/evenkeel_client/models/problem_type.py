from enum import StrEnum


class ProblemType(StrEnum):
    VALUE_0 = "/problems/malformed-request"
    VALUE_1 = "/problems/unauthenticated"
    VALUE_10 = "/problems/already-exists"
    VALUE_11 = "/problems/stale-revision"
    VALUE_12 = "/problems/last-administrator"
    VALUE_13 = "/problems/limit-reached"
    VALUE_14 = "/problems/body-too-large"
    VALUE_15 = "/problems/misdirected"
    VALUE_16 = "/problems/invalid-configuration"
    VALUE_17 = "/problems/no-local-network"
    VALUE_18 = "/problems/internal"
    VALUE_19 = "/problems/datapath-failed"
    VALUE_2 = "/problems/missing-role"
    VALUE_20 = "/problems/node-unreachable"
    VALUE_21 = "/problems/stopping"
    VALUE_22 = "/problems/timed-out"
    VALUE_23 = "/problems/wait-timed-out"
    VALUE_3 = "/problems/too-many-attempts"
    VALUE_4 = "/problems/not-found"
    VALUE_5 = "/problems/unknown-node"
    VALUE_6 = "/problems/unknown-module"
    VALUE_7 = "/problems/unknown-user"
    VALUE_8 = "/problems/method-not-allowed"
    VALUE_9 = "/problems/wrong-state"

    def __str__(self) -> str:
        return str(self.value)
