from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    node: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/nodes/{node}/faults/kill".format(
            node=quote(str(node), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | Problem | None:
    if response.status_code == 202:
        response_202 = Fault.from_dict(response.json())

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
) -> Response[Fault | Problem]:
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
    idempotency_key: str | Unset = UNSET,
) -> Response[Fault | Problem]:
    """Kill the daemon of a node

     As by SIGKILL, 200 ms after the answer. Whatever looks after the daemon, as systemd does, starts it
    again. One
    that was not started with `--permit-faults` says `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
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
    idempotency_key: str | Unset = UNSET,
) -> Fault | Problem | None:
    """Kill the daemon of a node

     As by SIGKILL, 200 ms after the answer. Whatever looks after the daemon, as systemd does, starts it
    again. One
    that was not started with `--permit-faults` says `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fault | Problem
    """

    return sync_detailed(
        node=node,
        client=client,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Response[Fault | Problem]:
    """Kill the daemon of a node

     As by SIGKILL, 200 ms after the answer. Whatever looks after the daemon, as systemd does, starts it
    again. One
    that was not started with `--permit-faults` says `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Fault | Problem | None:
    """Kill the daemon of a node

     As by SIGKILL, 200 ms after the answer. Whatever looks after the daemon, as systemd does, starts it
    again. One
    that was not started with `--permit-faults` says `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fault | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
