from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cluster_changed import ClusterChanged
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    lan: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/cluster/lans/{lan}".format(
            lan=quote(str(lan), safe=""),
        ),
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
    lan: str,
    *,
    client: AuthenticatedClient,
) -> Response[ClusterChanged | Problem]:
    """Remove a LAN from the cluster

     While everything runs. The first one and the one for commands stay, and so does one that a module
    names; refused
    also while a node answers another one on no other LAN. All nodes have to be there.

    Args:
        lan (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        lan=lan,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    lan: str,
    *,
    client: AuthenticatedClient,
) -> ClusterChanged | Problem | None:
    """Remove a LAN from the cluster

     While everything runs. The first one and the one for commands stay, and so does one that a module
    names; refused
    also while a node answers another one on no other LAN. All nodes have to be there.

    Args:
        lan (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return sync_detailed(
        lan=lan,
        client=client,
    ).parsed


async def asyncio_detailed(
    lan: str,
    *,
    client: AuthenticatedClient,
) -> Response[ClusterChanged | Problem]:
    """Remove a LAN from the cluster

     While everything runs. The first one and the one for commands stay, and so does one that a module
    names; refused
    also while a node answers another one on no other LAN. All nodes have to be there.

    Args:
        lan (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterChanged | Problem]
    """

    kwargs = _get_kwargs(
        lan=lan,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    lan: str,
    *,
    client: AuthenticatedClient,
) -> ClusterChanged | Problem | None:
    """Remove a LAN from the cluster

     While everything runs. The first one and the one for commands stay, and so does one that a module
    names; refused
    also while a node answers another one on no other LAN. All nodes have to be there.

    Args:
        lan (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterChanged | Problem
    """

    return (
        await asyncio_detailed(
            lan=lan,
            client=client,
        )
    ).parsed
