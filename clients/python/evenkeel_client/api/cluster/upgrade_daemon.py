from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.upgrade import Upgrade
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
        "url": "/v1/nodes/{node}/upgrade".format(
            node=quote(str(node), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Upgrade | None:
    if response.status_code == 202:
        response_202 = Upgrade.from_dict(response.json())

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
) -> Response[Problem | Upgrade]:
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
) -> Response[Problem | Upgrade]:
    """Upgrade a node's daemon

     The program that is installed where the running one was started from takes the node over, as it is:
    modules,
    virtual addresses, filter and its place in the farm; no connection breaks and nothing is drained.
    The process
    keeps its number. First the installed program says whether it could: where it could not, a module is
    on its way, a
    script runs, or the back end is not eBPF, it answers `wrong-state`, and the running program goes on.
    It begins
    200 ms after the answer; `GET` says how it ended.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Upgrade]
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
) -> Problem | Upgrade | None:
    """Upgrade a node's daemon

     The program that is installed where the running one was started from takes the node over, as it is:
    modules,
    virtual addresses, filter and its place in the farm; no connection breaks and nothing is drained.
    The process
    keeps its number. First the installed program says whether it could: where it could not, a module is
    on its way, a
    script runs, or the back end is not eBPF, it answers `wrong-state`, and the running program goes on.
    It begins
    200 ms after the answer; `GET` says how it ended.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Upgrade
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
) -> Response[Problem | Upgrade]:
    """Upgrade a node's daemon

     The program that is installed where the running one was started from takes the node over, as it is:
    modules,
    virtual addresses, filter and its place in the farm; no connection breaks and nothing is drained.
    The process
    keeps its number. First the installed program says whether it could: where it could not, a module is
    on its way, a
    script runs, or the back end is not eBPF, it answers `wrong-state`, and the running program goes on.
    It begins
    200 ms after the answer; `GET` says how it ended.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Upgrade]
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
) -> Problem | Upgrade | None:
    """Upgrade a node's daemon

     The program that is installed where the running one was started from takes the node over, as it is:
    modules,
    virtual addresses, filter and its place in the farm; no connection breaks and nothing is drained.
    The process
    keeps its number. First the installed program says whether it could: where it could not, a module is
    on its way, a
    script runs, or the back end is not eBPF, it answers `wrong-state`, and the running program goes on.
    It begins
    200 ms after the answer; `GET` says how it ended.

    Args:
        node (str):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Upgrade
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
