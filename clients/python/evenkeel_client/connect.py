"""The hand-written part: log in over TLS with the cluster's own CA, and problems as exceptions."""

import os
import ssl
from typing import TypeVar

from .api.session import login
from .client import AuthenticatedClient, Client
from .models.credentials import Credentials
from .models.problem import Problem
from .types import Response

T = TypeVar("T")

# Longer than the longest wait for a state that the API allows (300 s).
TIMEOUT_S = 310.0


class ProblemError(Exception):
    """The node answered with a problem (RFC 9457); `problem.type_` says which kind."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.title}: {problem.detail}")


def connect(
    url: str, user: str, password: str, *, ca: str | os.PathLike[str], timeout_s: float = TIMEOUT_S
) -> AuthenticatedClient:
    """Logs in at a node and gives a client for all generated operations.

    Only servers whose certificate the cluster's CA signed are talked to: `ca` is the path of its
    certificate, the system's authorities are not asked. The token ends after 15 minutes; connect
    again before. Raises ProblemError where the node refuses, httpx.ConnectError where it cannot be
    reached or shows another certificate.
    """
    tls = ssl.create_default_context(cafile=os.fspath(ca))
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    with Client(base_url=url, verify_ssl=tls, timeout=timeout_s) as anonymous:
        answer = login.sync_detailed(
            client=anonymous, body=Credentials(user=user, password=password)
        )
    session = expect(answer)
    return AuthenticatedClient(
        base_url=url, token=session.token, verify_ssl=tls, timeout=timeout_s
    )


def expect(answer: Response[T | Problem]) -> T:
    """What a `sync_detailed` call answered; a problem is raised as ProblemError."""
    if isinstance(answer.parsed, Problem):
        raise ProblemError(answer.parsed)
    if answer.parsed is None:
        raise ValueError(f"status {answer.status_code}: {answer.content[:200]!r}")
    return answer.parsed
