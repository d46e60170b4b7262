from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.next_secret import NextSecret
from ...models.problem import Problem
from ...models.secret_state import SecretState
from ...types import Response


def _get_kwargs(
    node: str,
    *,
    body: NextSecret,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/nodes/{node}/secret/next".format(
            node=quote(str(node), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

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
    node: str,
    *,
    client: AuthenticatedClient,
    body: NextSecret,
) -> Response[Problem | SecretState]:
    """Let one node accept the next secret

     Part of rotating the secret on all nodes; the node goes on sending under the one in use.

    Args:
        node (str):
        body (NextSecret): The next secret for a node to accept. Example: {'begun_at': 'node1',
            'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b', 'token':
            '1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        node=node,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    body: NextSecret,
) -> Problem | SecretState | None:
    """Let one node accept the next secret

     Part of rotating the secret on all nodes; the node goes on sending under the one in use.

    Args:
        node (str):
        body (NextSecret): The next secret for a node to accept. Example: {'begun_at': 'node1',
            'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b', 'token':
            '1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SecretState
    """

    return sync_detailed(
        node=node,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    body: NextSecret,
) -> Response[Problem | SecretState]:
    """Let one node accept the next secret

     Part of rotating the secret on all nodes; the node goes on sending under the one in use.

    Args:
        node (str):
        body (NextSecret): The next secret for a node to accept. Example: {'begun_at': 'node1',
            'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b', 'token':
            '1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        node=node,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    body: NextSecret,
) -> Problem | SecretState | None:
    """Let one node accept the next secret

     Part of rotating the secret on all nodes; the node goes on sending under the one in use.

    Args:
        node (str):
        body (NextSecret): The next secret for a node to accept. Example: {'begun_at': 'node1',
            'generation': 4, 'secret':
            '8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b', 'token':
            '1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SecretState
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            body=body,
        )
    ).parsed
