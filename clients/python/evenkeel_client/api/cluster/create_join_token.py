from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.made_join_token import MadeJoinToken
from ...models.new_join_token import NewJoinToken
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewJoinToken,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/cluster/join-tokens",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MadeJoinToken | Problem | None:
    if response.status_code == 201:
        response_201 = MadeJoinToken.from_dict(response.json())

        return response_201

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
) -> Response[MadeJoinToken | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: NewJoinToken,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeJoinToken | Problem]:
    """Make a token for a machine that is to join

     As a node that the cluster's configuration has and that does not run: one that was never there, or
    in place of
    one that is lost. There, `evenkeel join --from URL --fingerprint …` takes the token from its
    standard input.
    It is good once, at the node that made it; another one for the same node ends it.

    Args:
        idempotency_key (str | Unset):
        body (NewJoinToken): Who is to join. Example: {'node': 'node2', 'valid_s': 3600}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeJoinToken | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: NewJoinToken,
    idempotency_key: str | Unset = UNSET,
) -> MadeJoinToken | Problem | None:
    """Make a token for a machine that is to join

     As a node that the cluster's configuration has and that does not run: one that was never there, or
    in place of
    one that is lost. There, `evenkeel join --from URL --fingerprint …` takes the token from its
    standard input.
    It is good once, at the node that made it; another one for the same node ends it.

    Args:
        idempotency_key (str | Unset):
        body (NewJoinToken): Who is to join. Example: {'node': 'node2', 'valid_s': 3600}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeJoinToken | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewJoinToken,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeJoinToken | Problem]:
    """Make a token for a machine that is to join

     As a node that the cluster's configuration has and that does not run: one that was never there, or
    in place of
    one that is lost. There, `evenkeel join --from URL --fingerprint …` takes the token from its
    standard input.
    It is good once, at the node that made it; another one for the same node ends it.

    Args:
        idempotency_key (str | Unset):
        body (NewJoinToken): Who is to join. Example: {'node': 'node2', 'valid_s': 3600}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeJoinToken | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: NewJoinToken,
    idempotency_key: str | Unset = UNSET,
) -> MadeJoinToken | Problem | None:
    """Make a token for a machine that is to join

     As a node that the cluster's configuration has and that does not run: one that was never there, or
    in place of
    one that is lost. There, `evenkeel join --from URL --fingerprint …` takes the token from its
    standard input.
    It is good once, at the node that made it; another one for the same node ends it.

    Args:
        idempotency_key (str | Unset):
        body (NewJoinToken): Who is to join. Example: {'node': 'node2', 'valid_s': 3600}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeJoinToken | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
