"""The hand-written part for logging in: over TLS with the cluster's own CA, and anew before a token ends."""

import os
import ssl
import time
from collections.abc import AsyncGenerator, Generator

import httpx

from .api.session import login
from .authority import authority
from .client import AuthenticatedClient, Client
from .models.credentials import Credentials
from .models.problem import Problem
from .problem import ProblemError, expect

# Longer than the longest wait for a state that the API allows (300 s).
TIMEOUT_S = 310.0
# A token lives for 15 minutes.
RENEW_AFTER_S = 600.0


def connect(
    url: str,
    user: str,
    password: str,
    *,
    ca: str | os.PathLike[str] | None = None,
    fingerprint: str | None = None,
    timeout_s: float = TIMEOUT_S,
) -> AuthenticatedClient:
    """Logs in at a node and gives a client for all generated operations.

    Only servers whose certificate the cluster's CA signed are talked to: `ca` is the path of its
    certificate, or `fingerprint` the SHA-256 of it that `evenkeel init` prints; the system's authorities
    are not asked. The token ends after 15 minutes; the client logs in anew before. Raises ProblemError
    where the node refuses, AuthorityError where it is not of the CA with this fingerprint,
    httpx.ConnectError where it cannot be reached or shows another certificate.
    """
    tls = _tls(url, ca, fingerprint)
    credentials = Credentials(user=user, password=password)
    with Client(base_url=url, verify_ssl=tls, timeout=timeout_s) as anonymous:
        session = expect(login.sync_detailed(client=anonymous, body=credentials))
    return AuthenticatedClient(
        base_url=url,
        token=session.token,
        verify_ssl=tls,
        timeout=timeout_s,
        httpx_args={"auth": _Renewing(url, credentials, session.token)},
    )


def connect_with_key(
    url: str,
    key: str,
    *,
    ca: str | os.PathLike[str] | None = None,
    fingerprint: str | None = None,
    timeout_s: float = TIMEOUT_S,
) -> AuthenticatedClient:
    """Gives a client for all generated operations with an API key in place of a login.

    The key is not sent yet: one that is not good is told by the first operation. For `ca` and
    `fingerprint` see connect().
    """
    tls = _tls(url, ca, fingerprint)
    return AuthenticatedClient(base_url=url, token=key, verify_ssl=tls, timeout=timeout_s)


def _tls(
    url: str, ca: str | os.PathLike[str] | None, fingerprint: str | None
) -> ssl.SSLContext:
    if (ca is None) == (fingerprint is None):
        raise TypeError("say whom to trust, by ca or by fingerprint")
    if fingerprint is None:
        tls = ssl.create_default_context(cafile=ca)
    else:
        # Exactly the certificate that was compared, whatever else came with it.
        tls = ssl.create_default_context(cadata=authority(url, fingerprint))
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    return tls


class _Renewing(httpx.Auth):
    """Logs in anew before a request whose token is about to end."""

    def __init__(self, url: str, credentials: Credentials, token: str) -> None:
        self._url = f"{url.rstrip('/')}/v1/login"
        self._credentials = credentials
        self._token = token
        self._since = time.monotonic()

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._is_due():
            answer = yield self._login()
            answer.read()
            self._take(answer)
        yield self._authorized(request)

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if self._is_due():
            answer = yield self._login()
            await answer.aread()
            self._take(answer)
        yield self._authorized(request)

    def _is_due(self) -> bool:
        return time.monotonic() - self._since >= RENEW_AFTER_S

    def _login(self) -> httpx.Request:
        return httpx.Request("POST", self._url, json=self._credentials.to_dict())

    def _take(self, answer: httpx.Response) -> None:
        if not answer.is_success:
            raise ProblemError(Problem.from_dict(answer.json()))
        self._token = answer.json()["token"]
        self._since = time.monotonic()

    def _authorized(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
