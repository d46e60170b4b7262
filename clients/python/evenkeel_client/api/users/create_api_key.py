from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.made_api_key import MadeApiKey
from ...models.new_api_key import NewApiKey
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewApiKey,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/api-keys",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MadeApiKey | Problem | None:
    if response.status_code == 201:
        response_201 = MadeApiKey.from_dict(response.json())

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
) -> Response[MadeApiKey | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: NewApiKey,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeApiKey | Problem]:
    """Make an API key

     For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
    node; a node that missed it takes it when it is back.

    Args:
        idempotency_key (str | Unset):
        body (NewApiKey): A key to be made. Example: {'modules': ['web'], 'name': 'nightly-
            failover', 'role': 'control', 'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeApiKey | Problem]
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
    body: NewApiKey,
    idempotency_key: str | Unset = UNSET,
) -> MadeApiKey | Problem | None:
    """Make an API key

     For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
    node; a node that missed it takes it when it is back.

    Args:
        idempotency_key (str | Unset):
        body (NewApiKey): A key to be made. Example: {'modules': ['web'], 'name': 'nightly-
            failover', 'role': 'control', 'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeApiKey | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewApiKey,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeApiKey | Problem]:
    """Make an API key

     For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
    node; a node that missed it takes it when it is back.

    Args:
        idempotency_key (str | Unset):
        body (NewApiKey): A key to be made. Example: {'modules': ['web'], 'name': 'nightly-
            failover', 'role': 'control', 'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeApiKey | Problem]
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
    body: NewApiKey,
    idempotency_key: str | Unset = UNSET,
) -> MadeApiKey | Problem | None:
    """Make an API key

     For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
    node; a node that missed it takes it when it is back.

    Args:
        idempotency_key (str | Unset):
        body (NewApiKey): A key to be made. Example: {'modules': ['web'], 'name': 'nightly-
            failover', 'role': 'control', 'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeApiKey | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
