from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    node: str,
    fault: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/nodes/{node}/faults/{fault}".format(
            node=quote(str(node), safe=""),
            fault=quote(str(fault), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | Problem | None:
    if response.status_code == 200:
        response_200 = Fault.from_dict(response.json())

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
) -> Response[Fault | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    node: str,
    fault: int,
    *,
    client: AuthenticatedClient,
) -> Response[Fault | Problem]:
    """End a fault before its time

     The network is whole again when it is answered. What is frozen or about to be killed cannot be
    called off and
    says `wrong-state`.

    Args:
        node (str):
        fault (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        fault=fault,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    fault: int,
    *,
    client: AuthenticatedClient,
) -> Fault | Problem | None:
    """End a fault before its time

     The network is whole again when it is answered. What is frozen or about to be killed cannot be
    called off and
    says `wrong-state`.

    Args:
        node (str):
        fault (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fault | Problem
    """

    return sync_detailed(
        node=node,
        fault=fault,
        client=client,
    ).parsed


async def asyncio_detailed(
    node: str,
    fault: int,
    *,
    client: AuthenticatedClient,
) -> Response[Fault | Problem]:
    """End a fault before its time

     The network is whole again when it is answered. What is frozen or about to be killed cannot be
    called off and
    says `wrong-state`.

    Args:
        node (str):
        fault (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        fault=fault,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    fault: int,
    *,
    client: AuthenticatedClient,
) -> Fault | Problem | None:
    """End a fault before its time

     The network is whole again when it is answered. What is frozen or about to be killed cannot be
    called off and
    says `wrong-state`.

    Args:
        node (str):
        fault (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fault | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            fault=fault,
            client=client,
        )
    ).parsed
