from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.secret_state import SecretState
from ...types import UNSET, Response


def _get_kwargs(
    node: str,
    *,
    generation: int,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["generation"] = generation

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/nodes/{node}/secret/next".format(
            node=quote(str(node), safe=""),
        ),
        "params": params,
    }

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
    generation: int,
) -> Response[Problem | SecretState]:
    """Let one node accept the next secret no more

     Undoes the first step of a rotation that not every node could take. Refused once the node sends
    under that secret.

    Args:
        node (str):
        generation (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        node=node,
        generation=generation,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    generation: int,
) -> Problem | SecretState | None:
    """Let one node accept the next secret no more

     Undoes the first step of a rotation that not every node could take. Refused once the node sends
    under that secret.

    Args:
        node (str):
        generation (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SecretState
    """

    return sync_detailed(
        node=node,
        client=client,
        generation=generation,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    generation: int,
) -> Response[Problem | SecretState]:
    """Let one node accept the next secret no more

     Undoes the first step of a rotation that not every node could take. Refused once the node sends
    under that secret.

    Args:
        node (str):
        generation (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SecretState]
    """

    kwargs = _get_kwargs(
        node=node,
        generation=generation,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    generation: int,
) -> Problem | SecretState | None:
    """Let one node accept the next secret no more

     Undoes the first step of a rotation that not every node could take. Refused once the node sends
    under that secret.

    Args:
        node (str):
        generation (int):

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
            generation=generation,
        )
    ).parsed
