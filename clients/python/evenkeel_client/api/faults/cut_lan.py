from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.cut_request import CutRequest
from ...models.fault import Fault
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    node: str,
    *,
    body: CutRequest,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/nodes/{node}/faults/cut".format(
            node=quote(str(node), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

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
    body: CutRequest,
    idempotency_key: str | Unset = UNSET,
) -> Response[Fault | Problem]:
    """Cut a LAN of a node

     As if its cable were pulled, or for one way only. It begins 200 ms after the answer and ends by
    itself, with the
    daemon at the latest. Who is asked by way of that LAN does not answer meanwhile, so an end before
    its time is asked
    for by way of another one. A daemon that was not started with `--permit-faults`, and a back end that
    cannot cut,
    say `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (CutRequest): A LAN to cut. Example: {'duration_ms': 5000, 'lan': 'default', 'way':
            'both'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
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
    body: CutRequest,
    idempotency_key: str | Unset = UNSET,
) -> Fault | Problem | None:
    """Cut a LAN of a node

     As if its cable were pulled, or for one way only. It begins 200 ms after the answer and ends by
    itself, with the
    daemon at the latest. Who is asked by way of that LAN does not answer meanwhile, so an end before
    its time is asked
    for by way of another one. A daemon that was not started with `--permit-faults`, and a back end that
    cannot cut,
    say `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (CutRequest): A LAN to cut. Example: {'duration_ms': 5000, 'lan': 'default', 'way':
            'both'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fault | Problem
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
    body: CutRequest,
    idempotency_key: str | Unset = UNSET,
) -> Response[Fault | Problem]:
    """Cut a LAN of a node

     As if its cable were pulled, or for one way only. It begins 200 ms after the answer and ends by
    itself, with the
    daemon at the latest. Who is asked by way of that LAN does not answer meanwhile, so an end before
    its time is asked
    for by way of another one. A daemon that was not started with `--permit-faults`, and a back end that
    cannot cut,
    say `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (CutRequest): A LAN to cut. Example: {'duration_ms': 5000, 'lan': 'default', 'way':
            'both'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fault | Problem]
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
    body: CutRequest,
    idempotency_key: str | Unset = UNSET,
) -> Fault | Problem | None:
    """Cut a LAN of a node

     As if its cable were pulled, or for one way only. It begins 200 ms after the answer and ends by
    itself, with the
    daemon at the latest. Who is asked by way of that LAN does not answer meanwhile, so an end before
    its time is asked
    for by way of another one. A daemon that was not started with `--permit-faults`, and a back end that
    cannot cut,
    say `wrong-state`.

    Args:
        node (str):
        idempotency_key (str | Unset):
        body (CutRequest): A LAN to cut. Example: {'duration_ms': 5000, 'lan': 'default', 'way':
            'both'}.

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
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
