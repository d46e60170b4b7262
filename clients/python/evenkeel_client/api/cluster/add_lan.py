from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_changed import ClusterChanged
from ...models.new_lan import NewLan
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewLan,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/cluster/lans",
    }

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
    *,
    client: AuthenticatedClient,
    body: NewLan,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Add a LAN to the cluster

     One more network on which the nodes hear each other, while everything runs: as an addition of a
    node, either
    every node takes it or nothing changes. A module whose `<farm>` names its networks goes on with
    those until its
    configuration names this one, too.

    Args:
        idempotency_key (str | Unset):
        body (NewLan): A LAN that is to come. Example: {'addresses': [{'address': '198.51.100.1',
            'node': 'node1'}, {'address': '198.51.100.2', 'node': 'node2'}], 'name': 'backup'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
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
    body: NewLan,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Add a LAN to the cluster

     One more network on which the nodes hear each other, while everything runs: as an addition of a
    node, either
    every node takes it or nothing changes. A module whose `<farm>` names its networks goes on with
    those until its
    configuration names this one, too.

    Args:
        idempotency_key (str | Unset):
        body (NewLan): A LAN that is to come. Example: {'addresses': [{'address': '198.51.100.1',
            'node': 'node1'}, {'address': '198.51.100.2', 'node': 'node2'}], 'name': 'backup'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewLan,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Add a LAN to the cluster

     One more network on which the nodes hear each other, while everything runs: as an addition of a
    node, either
    every node takes it or nothing changes. A module whose `<farm>` names its networks goes on with
    those until its
    configuration names this one, too.

    Args:
        idempotency_key (str | Unset):
        body (NewLan): A LAN that is to come. Example: {'addresses': [{'address': '198.51.100.1',
            'node': 'node1'}, {'address': '198.51.100.2', 'node': 'node2'}], 'name': 'backup'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
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
    body: NewLan,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Add a LAN to the cluster

     One more network on which the nodes hear each other, while everything runs: as an addition of a
    node, either
    every node takes it or nothing changes. A module whose `<farm>` names its networks goes on with
    those until its
    configuration names this one, too.

    Args:
        idempotency_key (str | Unset):
        body (NewLan): A LAN that is to come. Example: {'addresses': [{'address': '198.51.100.1',
            'node': 'node1'}, {'address': '198.51.100.2', 'node': 'node2'}], 'name': 'backup'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
