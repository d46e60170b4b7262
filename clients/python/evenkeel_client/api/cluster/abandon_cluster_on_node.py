from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_state import ClusterState
from ...models.problem import Problem
from ...types import UNSET, Response


def _get_kwargs(
    node: str,
    *,
    revision: int,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["revision"] = revision

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/nodes/{node}/cluster/next".format(
            node=quote(str(node), safe=""),
        ),
        "params": params,
    }

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
    revision: int,
) -> Response[ClusterState | Problem]:
    """Let one node accept the cluster's next configuration no more

     Undoes the first step of a change that not every node could take. Refused once it is in force there.

    Args:
        node (str):
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterState | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        revision=revision,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    revision: int,
) -> ClusterState | Problem | None:
    """Let one node accept the cluster's next configuration no more

     Undoes the first step of a change that not every node could take. Refused once it is in force there.

    Args:
        node (str):
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterState | Problem
    """

    return sync_detailed(
        node=node,
        client=client,
        revision=revision,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    revision: int,
) -> Response[ClusterState | Problem]:
    """Let one node accept the cluster's next configuration no more

     Undoes the first step of a change that not every node could take. Refused once it is in force there.

    Args:
        node (str):
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterState | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        revision=revision,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    revision: int,
) -> ClusterState | Problem | None:
    """Let one node accept the cluster's next configuration no more

     Undoes the first step of a change that not every node could take. Refused once it is in force there.

    Args:
        node (str):
        revision (int):

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
            revision=revision,
        )
    ).parsed
