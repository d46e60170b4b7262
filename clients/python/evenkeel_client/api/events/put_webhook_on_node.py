from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.accepted import Accepted
from ...models.problem import Problem
from ...models.webhook_on_node import WebhookOnNode
from ...types import Response


def _get_kwargs(
    node: str,
    webhook: str,
    *,
    body: WebhookOnNode,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/nodes/{node}/webhooks/{webhook}".format(
            node=quote(str(node), safe=""),
            webhook=quote(str(webhook), safe=""),
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
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookOnNode,
) -> Response[Accepted | Problem]:
    """Set a webhook on one node

     Part of making or changing a webhook on all nodes.

    Args:
        node (str):
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookOnNode): A webhook as one node is given it. Example: {'changed_at':
            '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'settings': {'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'url':
            'https://pager.example.com/evenkeel'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        webhook=webhook,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookOnNode,
) -> Accepted | Problem | None:
    """Set a webhook on one node

     Part of making or changing a webhook on all nodes.

    Args:
        node (str):
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookOnNode): A webhook as one node is given it. Example: {'changed_at':
            '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'settings': {'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'url':
            'https://pager.example.com/evenkeel'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return sync_detailed(
        node=node,
        webhook=webhook,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    node: str,
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookOnNode,
) -> Response[Accepted | Problem]:
    """Set a webhook on one node

     Part of making or changing a webhook on all nodes.

    Args:
        node (str):
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookOnNode): A webhook as one node is given it. Example: {'changed_at':
            '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'settings': {'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'url':
            'https://pager.example.com/evenkeel'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Accepted | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        webhook=webhook,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookOnNode,
) -> Accepted | Problem | None:
    """Set a webhook on one node

     Part of making or changing a webhook on all nodes.

    Args:
        node (str):
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookOnNode): A webhook as one node is given it. Example: {'changed_at':
            '2026-11-23T02:00:00.000Z', 'changed_by': 'admin', 'settings': {'secret':
            'whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=', 'url':
            'https://pager.example.com/evenkeel'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Accepted | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            webhook=webhook,
            client=client,
            body=body,
        )
    ).parsed
