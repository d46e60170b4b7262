from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_change import ClusterChange
from ...models.cluster_changed import ClusterChanged
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    node: str,
    *,
    body: ClusterChange | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/nodes/{node}/cluster/change".format(
            node=quote(str(node), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterChanged | Problem | None:
    if response.status_code == 200:
        response_200 = ClusterChanged.from_dict(response.json())

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
) -> Response[ClusterChanged | Problem]:
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
    body: ClusterChange | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Lead a change of the cluster at one node

     Part of adding and removing nodes and LANs: the first node that stays leads each change, whoever was
    asked for it.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (ClusterChange | Unset): A change of who is there, and on which LANs: one of these.
            Example: {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name':
            'node4'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    body: ClusterChange | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Lead a change of the cluster at one node

     Part of adding and removing nodes and LANs: the first node that stays leads each change, whoever was
    asked for it.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (ClusterChange | Unset): A change of who is there, and on which LANs: one of these.
            Example: {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name':
            'node4'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return sync_detailed(
        node=node,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    body: ClusterChange | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Lead a change of the cluster at one node

     Part of adding and removing nodes and LANs: the first node that stays leads each change, whoever was
    asked for it.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (ClusterChange | Unset): A change of who is there, and on which LANs: one of these.
            Example: {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name':
            'node4'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    body: ClusterChange | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Lead a change of the cluster at one node

     Part of adding and removing nodes and LANs: the first node that stays leads each change, whoever was
    asked for it.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (ClusterChange | Unset): A change of who is there, and on which LANs: one of these.
            Example: {'add': {'addresses': [{'address': '192.0.2.4', 'lan': 'default'}], 'name':
            'node4'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
