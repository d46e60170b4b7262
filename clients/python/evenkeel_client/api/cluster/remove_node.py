from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_changed import ClusterChanged
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    node: str,
    *,
    lost: bool | Unset = UNSET,
    also: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["lost"] = lost

    params["also"] = also

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/cluster/nodes/{node}".format(
            node=quote(str(node), safe=""),
        ),
        "params": params,
    }

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
    lost: bool | Unset = UNSET,
    also: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Remove a node from the cluster

     While everything else runs. Its modules have to be stopped; it starts none from then on, and its
    daemon can be
    stopped and its data removed. All other nodes have to be there, as for an addition. What it knew
    stays good
    until the cluster's secret is rotated (`/v1/cluster/secret/rotate`, with `authority`).

    Args:
        node (str):
        lost (bool | Unset):
        also (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        lost=lost,
        also=also,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    lost: bool | Unset = UNSET,
    also: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Remove a node from the cluster

     While everything else runs. Its modules have to be stopped; it starts none from then on, and its
    daemon can be
    stopped and its data removed. All other nodes have to be there, as for an addition. What it knew
    stays good
    until the cluster's secret is rotated (`/v1/cluster/secret/rotate`, with `authority`).

    Args:
        node (str):
        lost (bool | Unset):
        also (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return sync_detailed(
        node=node,
        client=client,
        lost=lost,
        also=also,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    lost: bool | Unset = UNSET,
    also: str | Unset = UNSET,
) -> Response[ClusterChanged | Problem]:
    """Remove a node from the cluster

     While everything else runs. Its modules have to be stopped; it starts none from then on, and its
    daemon can be
    stopped and its data removed. All other nodes have to be there, as for an addition. What it knew
    stays good
    until the cluster's secret is rotated (`/v1/cluster/secret/rotate`, with `authority`).

    Args:
        node (str):
        lost (bool | Unset):
        also (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        lost=lost,
        also=also,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    lost: bool | Unset = UNSET,
    also: str | Unset = UNSET,
) -> ClusterChanged | Problem | None:
    """Remove a node from the cluster

     While everything else runs. Its modules have to be stopped; it starts none from then on, and its
    daemon can be
    stopped and its data removed. All other nodes have to be there, as for an addition. What it knew
    stays good
    until the cluster's secret is rotated (`/v1/cluster/secret/rotate`, with `authority`).

    Args:
        node (str):
        lost (bool | Unset):
        also (str | Unset):

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
            lost=lost,
            also=also,
        )
    ).parsed
