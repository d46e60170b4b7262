from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.accepted import Accepted
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    node: str,
    user: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/nodes/{node}/users/{user}".format(
            node=quote(str(node), safe=""),
            user=quote(str(user), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Accepted | Problem | None:
    if response.status_code == 200:
        response_200 = Accepted.from_dict(response.json())

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
) -> Response[Accepted | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    node: str,
    user: str,
    *,
    client: AuthenticatedClient,
) -> Response[Accepted | Problem]:
    """Remove a user from one node

     Ends the user's tokens on this node at once. The others take the removal as the latest change.

    Args:
        node (str):
        user (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        user=user,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    user: str,
    *,
    client: AuthenticatedClient,
) -> Accepted | Problem | None:
    """Remove a user from one node

     Ends the user's tokens on this node at once. The others take the removal as the latest change.

    Args:
        node (str):
        user (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return sync_detailed(
        node=node,
        user=user,
        client=client,
    ).parsed


async def asyncio_detailed(
    node: str,
    user: str,
    *,
    client: AuthenticatedClient,
) -> Response[Accepted | Problem]:
    """Remove a user from one node

     Ends the user's tokens on this node at once. The others take the removal as the latest change.

    Args:
        node (str):
        user (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        user=user,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    user: str,
    *,
    client: AuthenticatedClient,
) -> Accepted | Problem | None:
    """Remove a user from one node

     Ends the user's tokens on this node at once. The others take the removal as the latest change.

    Args:
        node (str):
        user (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            user=user,
            client=client,
        )
    ).parsed
