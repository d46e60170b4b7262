"""The hand-written part for problems: as exceptions."""

from typing import TypeVar

from .models.problem import Problem
from .types import Response

T = TypeVar("T")


class ProblemError(Exception):
    """The node answered with a problem (RFC 9457); `problem.type_` says which kind."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.title}: {problem.detail}")


def expect(answer: Response[T | Problem]) -> T:
    """What a `sync_detailed` call answered; a problem is raised as ProblemError."""
    if isinstance(answer.parsed, Problem):
        raise ProblemError(answer.parsed)
    if answer.parsed is None:
        raise ValueError(f"status {answer.status_code}: {answer.content[:200]!r}")
    return answer.parsed
