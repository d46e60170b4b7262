from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_file import ClusterFile
from ...models.cluster_state import ClusterState
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    node: str,
    *,
    body: ClusterFile,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/nodes/{node}/cluster".format(
            node=quote(str(node), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterState | Problem | None:
    if response.status_code == 200:
        response_200 = ClusterState.from_dict(response.json())

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
) -> Response[ClusterState | Problem]:
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
    body: ClusterFile,
) -> Response[ClusterState | Problem]:
    """Put the cluster's configuration in force on one node

     Part of adding and removing nodes and LANs: the one that the node accepted, or a later one where no
    module of it runs.

    Args:
        node (str):
        body (ClusterFile): A configuration of the cluster. Example: {'configuration': '<cluster
            revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n
            </lans>\\n</cluster>\\n'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterState | Problem]
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
    body: ClusterFile,
) -> ClusterState | Problem | None:
    """Put the cluster's configuration in force on one node

     Part of adding and removing nodes and LANs: the one that the node accepted, or a later one where no
    module of it runs.

    Args:
        node (str):
        body (ClusterFile): A configuration of the cluster. Example: {'configuration': '<cluster
            revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n
            </lans>\\n</cluster>\\n'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterState | Problem
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
    body: ClusterFile,
) -> Response[ClusterState | Problem]:
    """Put the cluster's configuration in force on one node

     Part of adding and removing nodes and LANs: the one that the node accepted, or a later one where no
    module of it runs.

    Args:
        node (str):
        body (ClusterFile): A configuration of the cluster. Example: {'configuration': '<cluster
            revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n
            </lans>\\n</cluster>\\n'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterState | Problem]
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
    body: ClusterFile,
) -> ClusterState | Problem | None:
    """Put the cluster's configuration in force on one node

     Part of adding and removing nodes and LANs: the one that the node accepted, or a later one where no
    module of it runs.

    Args:
        node (str):
        body (ClusterFile): A configuration of the cluster. Example: {'configuration': '<cluster
            revision="1">\\n  <lans>\\n    <lan name="default">\\n      <node name="node1"
            addr="192.0.2.1"/>\\n      <node name="node2" addr="192.0.2.2"/>\\n    </lan>\\n
            </lans>\\n</cluster>\\n'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterState | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            body=body,
        )
    ).parsed
