"""The API of every node, through evenkeel_client: logins, and whom to ask."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import Any, ParamSpec, TypeVar

import httpx
from evenkeel_client import AuthenticatedClient, ProblemError, connect, expect
from evenkeel_client.models import Problem
from evenkeel_client.types import Response

from .errors import FarmError
from .namespace import Namespace

T = TypeVar("T")
P = ParamSpec("P")

# How long a call may take; calls that wait say so.
CALL_S = 10.0
LOG_IN_S = 5.0


class Api:
    """The API of a farm, at each of its nodes or at those that are known."""

    def __init__(
        self,
        urls: Mapping[str, str],
        user: str,
        password: str,
        ca: str | None,
        namespace: Namespace | None = None,
        fingerprint: str | None = None,
    ) -> None:
        """`urls` by the node's name; from `namespace` they can be reached.

        Whom to trust is said by `ca`, a file, or by its `fingerprint`.
        """
        self._urls = dict(urls)
        self._user, self._password = user, password
        self._ca, self._fingerprint = ca, fingerprint
        self.namespace = namespace
        self._clients: dict[str, AuthenticatedClient] = {}
        self._lock = threading.RLock()

    @property
    def urls(self) -> dict[str, str]:
        """The known doors, by the node's name."""
        return dict(self._urls)

    def client(self, url: str) -> AuthenticatedClient:
        """A client that is logged in at a door. In the lab it works inside of `entered()` only."""
        with self._lock:
            if url not in self._clients:
                self._clients[url] = self.log_in(url)
            return self._clients[url]

    def log_in(self, url: str) -> AuthenticatedClient:
        """A client of its own, for who keeps it. Inside of `entered()` only."""
        return connect(
            url,
            self._user,
            self._password,
            ca=self._ca,
            fingerprint=self._fingerprint,
            timeout_s=LOG_IN_S,
        )

    def entered(self) -> Any:  # noqa: ANN401 - a context manager of either kind
        """Where the API can be reached from: the lab's console, else right here."""
        return nullcontext() if self.namespace is None else self.namespace.entered()

    def at(
        self,
        node: str,
        operation: Callable[P, Response[T | Problem]],
        *args: Any,  # noqa: ANN401
        timeout_s: float = CALL_S,
        **fields: Any,  # noqa: ANN401
    ) -> T:
        """Asks this node itself where its door is known, else any."""
        doors = [self._urls[node]] if node in self._urls else list(self._urls.values())
        return self._through(doors, operation, args, fields, timeout_s)

    def any(
        self,
        operation: Callable[P, Response[T | Problem]],
        *args: Any,  # noqa: ANN401
        but: str | None = None,
        timeout_s: float = CALL_S,
        **fields: Any,  # noqa: ANN401
    ) -> T:
        """Asks the first node that answers, but not this one."""
        doors = [url for node, url in self._urls.items() if node != but]
        return self._through(doors, operation, args, fields, timeout_s)

    def _through(
        self,
        doors: list[str],
        operation: Callable[..., Response[T | Problem]],
        args: tuple[Any, ...],
        fields: dict[str, Any],
        timeout_s: float,
    ) -> T:
        unreached: list[str] = []
        for url, again in self._tries(doors):
            try:
                with self.entered():
                    # The connect part is short: a node whose cable is cut never answers.
                    client = self.client(url)
                    client.get_httpx_client().timeout = httpx.Timeout(timeout_s, connect=2.0)
                    return expect(operation(*args, client=client, **fields))
            except httpx.TransportError as error:
                unreached.append(f"{url}: {error}")
            except ProblemError as error:
                if error.problem.status != 401 or again:
                    raise
            with self._lock:
                # The daemon may be another one by the next call.
                self._clients.pop(url, None)
        raise FarmError("no API answers: " + "; ".join(unreached))

    @staticmethod
    def _tries(doors: list[str]) -> Iterator[tuple[str, bool]]:
        """Every door once, then the first one again: its token may have ended with its daemon."""
        yield from ((url, False) for url in doors)
        if doors:
            yield doors[0], True
