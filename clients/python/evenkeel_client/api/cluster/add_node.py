from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_changed import ClusterChanged
from ...models.new_node import NewNode
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewNode,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/cluster/nodes",
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
    body: NewNode,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Add a node to the cluster

     While everything runs: first every node accepts it, then it is in force. Where one cannot be reached
    or
    refuses, nothing changes, and the problem names it. Its machine joins afterwards: make a token for
    it
    (`/v1/cluster/join-tokens`) and give it to `evenkeel join` there. It has the modules' configurations
    then, and
    takes part in a module when that is started there; a group with hosts of its own needs it among
    them.

    Args:
        idempotency_key (str | Unset):
        body (NewNode): A node that is to come. Example: {'addresses': [{'address': '192.0.2.4',
            'lan': 'default'}], 'name': 'node4'}.

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
    body: NewNode,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Add a node to the cluster

     While everything runs: first every node accepts it, then it is in force. Where one cannot be reached
    or
    refuses, nothing changes, and the problem names it. Its machine joins afterwards: make a token for
    it
    (`/v1/cluster/join-tokens`) and give it to `evenkeel join` there. It has the modules' configurations
    then, and
    takes part in a module when that is started there; a group with hosts of its own needs it among
    them.

    Args:
        idempotency_key (str | Unset):
        body (NewNode): A node that is to come. Example: {'addresses': [{'address': '192.0.2.4',
            'lan': 'default'}], 'name': 'node4'}.

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
    body: NewNode,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Add a node to the cluster

     While everything runs: first every node accepts it, then it is in force. Where one cannot be reached
    or
    refuses, nothing changes, and the problem names it. Its machine joins afterwards: make a token for
    it
    (`/v1/cluster/join-tokens`) and give it to `evenkeel join` there. It has the modules' configurations
    then, and
    takes part in a module when that is started there; a group with hosts of its own needs it among
    them.

    Args:
        idempotency_key (str | Unset):
        body (NewNode): A node that is to come. Example: {'addresses': [{'address': '192.0.2.4',
            'lan': 'default'}], 'name': 'node4'}.

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
    body: NewNode,
    idempotency_key: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Add a node to the cluster

     While everything runs: first every node accepts it, then it is in force. Where one cannot be reached
    or
    refuses, nothing changes, and the problem names it. Its machine joins afterwards: make a token for
    it
    (`/v1/cluster/join-tokens`) and give it to `evenkeel join` there. It has the modules' configurations
    then, and
    takes part in a module when that is started there; a group with hosts of its own needs it among
    them.

    Args:
        idempotency_key (str | Unset):
        body (NewNode): A node that is to come. Example: {'addresses': [{'address': '192.0.2.4',
            'lan': 'default'}], 'name': 'node4'}.

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
