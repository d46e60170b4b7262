from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.secret_state import SecretState
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    authority: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["authority"] = authority

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/cluster/secret/rotate",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | SecretState | None:
    if response.status_code == 200:
        response_200 = SecretState.from_dict(response.json())

        return response_200

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if 500 <= response.status_code <= 599:
        response_5xx = Problem.from_dict(response.json())

        return response_5xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | SecretState]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    authority: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | SecretState]:
    """Rotate the cluster's secrets

     Replaces what authenticates heartbeats and liveness probes and what signs tokens, without a gap:
    first every
    node accepts the new secrets, then all use them, and each drops the former ones when it has heard
    every other
    node under the new ones. With `authority` the cluster's authority is replaced as well, and by that
    every node's
    certificate: who trusts the former one alone has to be given the new one (`/v1/authority`). No node
    may be
    away, nor may an earlier rotation be unfinished: then nothing changes, and the problem names the
    node. Tokens
    that there are stay good, and which flows belong to which node does not change. Files of `evenkeel
    export-join`
    and backups from before are of no use afterwards.

    Args:
        authority (bool | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        authority=authority,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    authority: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Problem | SecretState | None:
    """Rotate the cluster's secrets

     Replaces what authenticates heartbeats and liveness probes and what signs tokens, without a gap:
    first every
    node accepts the new secrets, then all use them, and each drops the former ones when it has heard
    every other
    node under the new ones. With `authority` the cluster's authority is replaced as well, and by that
    every node's
    certificate: who trusts the former one alone has to be given the new one (`/v1/authority`). No node
    may be
    away, nor may an earlier rotation be unfinished: then nothing changes, and the problem names the
    node. Tokens
    that there are stay good, and which flows belong to which node does not change. Files of `evenkeel
    export-join`
    and backups from before are of no use afterwards.

    Args:
        authority (bool | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SecretState
    """

    return sync_detailed(
        client=client,
        authority=authority,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    authority: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | SecretState]:
    """Rotate the cluster's secrets

     Replaces what authenticates heartbeats and liveness probes and what signs tokens, without a gap:
    first every
    node accepts the new secrets, then all use them, and each drops the former ones when it has heard
    every other
    node under the new ones. With `authority` the cluster's authority is replaced as well, and by that
    every node's
    certificate: who trusts the former one alone has to be given the new one (`/v1/authority`). No node
    may be
    away, nor may an earlier rotation be unfinished: then nothing changes, and the problem names the
    node. Tokens
    that there are stay good, and which flows belong to which node does not change. Files of `evenkeel
    export-join`
    and backups from before are of no use afterwards.

    Args:
        authority (bool | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        authority=authority,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    authority: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Problem | SecretState | None:
    """Rotate the cluster's secrets

     Replaces what authenticates heartbeats and liveness probes and what signs tokens, without a gap:
    first every
    node accepts the new secrets, then all use them, and each drops the former ones when it has heard
    every other
    node under the new ones. With `authority` the cluster's authority is replaced as well, and by that
    every node's
    certificate: who trusts the former one alone has to be given the new one (`/v1/authority`). No node
    may be
    away, nor may an earlier rotation be unfinished: then nothing changes, and the problem names the
    node. Tokens
    that there are stay good, and which flows belong to which node does not change. Files of `evenkeel
    export-join`
    and backups from before are of no use afterwards.

    Args:
        authority (bool | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SecretState
    """

    return (
        await asyncio_detailed(
            client=client,
            authority=authority,
            idempotency_key=idempotency_key,
        )
    ).parsed
