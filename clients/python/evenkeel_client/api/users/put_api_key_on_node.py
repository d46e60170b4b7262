from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.accepted import Accepted
from ...models.api_key_settings import ApiKeySettings
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    node: str,
    api_key: str,
    *,
    body: ApiKeySettings,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/nodes/{node}/api-keys/{api_key}".format(
            node=quote(str(node), safe=""),
            api_key=quote(str(api_key), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeySettings,
) -> Response[Accepted | Problem]:
    """Set an API key on one node

     Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as
    the
    latest change, which nodes that miss it take.

    Args:
        node (str):
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (ApiKeySettings): A key as a node keeps it. Example: {'created_at':
            '2026-11-23T02:00:00Z', 'created_by': 'admin', 'digest':
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'expires_at_s':
            1798077600, 'modules': ['web'], 'role': 'control'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        api_key=api_key,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeySettings,
) -> Accepted | Problem | None:
    """Set an API key on one node

     Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as
    the
    latest change, which nodes that miss it take.

    Args:
        node (str):
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (ApiKeySettings): A key as a node keeps it. Example: {'created_at':
            '2026-11-23T02:00:00Z', 'created_by': 'admin', 'digest':
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'expires_at_s':
            1798077600, 'modules': ['web'], 'role': 'control'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return sync_detailed(
        node=node,
        api_key=api_key,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    node: str,
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeySettings,
) -> Response[Accepted | Problem]:
    """Set an API key on one node

     Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as
    the
    latest change, which nodes that miss it take.

    Args:
        node (str):
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (ApiKeySettings): A key as a node keeps it. Example: {'created_at':
            '2026-11-23T02:00:00Z', 'created_by': 'admin', 'digest':
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'expires_at_s':
            1798077600, 'modules': ['web'], 'role': 'control'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        api_key=api_key,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeySettings,
) -> Accepted | Problem | None:
    """Set an API key on one node

     Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as
    the
    latest change, which nodes that miss it take.

    Args:
        node (str):
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (ApiKeySettings): A key as a node keeps it. Example: {'created_at':
            '2026-11-23T02:00:00Z', 'created_by': 'admin', 'digest':
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'expires_at_s':
            1798077600, 'modules': ['web'], 'role': 'control'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            api_key=api_key,
            client=client,
            body=body,
        )
    ).parsed
