from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.node_results import NodeResults
from ...models.node_selection import NodeSelection
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    module: str,
    *,
    body: NodeSelection | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/modules/{module}/forcestop".format(
            module=quote(str(module), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> NodeResults | Problem | None:
    if response.status_code == 202:
        response_202 = NodeResults.from_dict(response.json())

        return response_202

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
) -> Response[NodeResults | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: NodeSelection | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[NodeResults | Problem]:
    """Stop a module by force

     On the nodes named, or on all, with a result per node, when a stop has no effect: because a script
    hangs,
    or while a start or a drain is under way. A node that took it kills the script that runs, with all
    that it
    started, and closes the traffic at once: connections are reset, the others take the share. Then
    `stop_both force` and `poststop` run, `forcestoptimeout` each at the most. Wait for `STOP`
    `NotReady` on
    the node.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (NodeSelection | Unset): Which nodes are meant. Example: {'nodes': ['node1',
            'node2']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[NodeResults | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    *,
    client: AuthenticatedClient,
    body: NodeSelection | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> NodeResults | Problem | None:
    """Stop a module by force

     On the nodes named, or on all, with a result per node, when a stop has no effect: because a script
    hangs,
    or while a start or a drain is under way. A node that took it kills the script that runs, with all
    that it
    started, and closes the traffic at once: connections are reset, the others take the share. Then
    `stop_both force` and `poststop` run, `forcestoptimeout` each at the most. Wait for `STOP`
    `NotReady` on
    the node.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (NodeSelection | Unset): Which nodes are meant. Example: {'nodes': ['node1',
            'node2']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        NodeResults | Problem
    """

    return sync_detailed(
        module=module,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: NodeSelection | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[NodeResults | Problem]:
    """Stop a module by force

     On the nodes named, or on all, with a result per node, when a stop has no effect: because a script
    hangs,
    or while a start or a drain is under way. A node that took it kills the script that runs, with all
    that it
    started, and closes the traffic at once: connections are reset, the others take the share. Then
    `stop_both force` and `poststop` run, `forcestoptimeout` each at the most. Wait for `STOP`
    `NotReady` on
    the node.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (NodeSelection | Unset): Which nodes are meant. Example: {'nodes': ['node1',
            'node2']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[NodeResults | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    *,
    client: AuthenticatedClient,
    body: NodeSelection | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> NodeResults | Problem | None:
    """Stop a module by force

     On the nodes named, or on all, with a result per node, when a stop has no effect: because a script
    hangs,
    or while a start or a drain is under way. A node that took it kills the script that runs, with all
    that it
    started, and closes the traffic at once: connections are reset, the others take the share. Then
    `stop_both force` and `poststop` run, `forcestoptimeout` each at the most. Wait for `STOP`
    `NotReady` on
    the node.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (NodeSelection | Unset): Which nodes are meant. Example: {'nodes': ['node1',
            'node2']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        NodeResults | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
