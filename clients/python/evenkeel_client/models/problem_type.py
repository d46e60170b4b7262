from typing import Literal

ProblemType = Literal[
    "/problems/already-exists",
    "/problems/body-too-large",
    "/problems/datapath-failed",
    "/problems/internal",
    "/problems/invalid-configuration",
    "/problems/last-administrator",
    "/problems/limit-reached",
    "/problems/malformed-request",
    "/problems/method-not-allowed",
    "/problems/misdirected",
    "/problems/missing-role",
    "/problems/no-local-network",
    "/problems/node-unreachable",
    "/problems/not-found",
    "/problems/not-ready",
    "/problems/stale-revision",
    "/problems/stopping",
    "/problems/timed-out",
    "/problems/too-many-attempts",
    "/problems/unauthenticated",
    "/problems/unknown-module",
    "/problems/unknown-node",
    "/problems/unknown-script-log",
    "/problems/unknown-template",
    "/problems/unknown-user",
    "/problems/wait-timed-out",
    "/problems/wrong-state",
]

PROBLEM_TYPE_VALUES: set[ProblemType] = {
    "/problems/already-exists",
    "/problems/body-too-large",
    "/problems/datapath-failed",
    "/problems/internal",
    "/problems/invalid-configuration",
    "/problems/last-administrator",
    "/problems/limit-reached",
    "/problems/malformed-request",
    "/problems/method-not-allowed",
    "/problems/misdirected",
    "/problems/missing-role",
    "/problems/no-local-network",
    "/problems/node-unreachable",
    "/problems/not-found",
    "/problems/not-ready",
    "/problems/stale-revision",
    "/problems/stopping",
    "/problems/timed-out",
    "/problems/too-many-attempts",
    "/problems/unauthenticated",
    "/problems/unknown-module",
    "/problems/unknown-node",
    "/problems/unknown-script-log",
    "/problems/unknown-template",
    "/problems/unknown-user",
    "/problems/wait-timed-out",
    "/problems/wrong-state",
}


def check_problem_type(value: str) -> ProblemType:
    if value in PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {PROBLEM_TYPE_VALUES!r}"
    )
