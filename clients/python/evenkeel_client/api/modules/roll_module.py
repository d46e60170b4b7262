from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.operation import Operation
from ...models.problem import Problem
from ...models.rolling_request import RollingRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    module: str,
    *,
    body: RollingRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/modules/{module}/rolling".format(
            module=quote(str(module), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Operation | Problem | None:
    if response.status_code == 202:
        response_202 = Operation.from_dict(response.json())

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
) -> Response[Operation | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: RollingRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Operation | Problem]:
    """Restart a module's application node by node

     One after the other is drained, has its application stopped and started, is waited for until it is
    `UP`
    `Ready` with its checks passed, and takes its share again; the service is never interrupted. It
    stops at
    the first failure and says where; a node that fails stays as it is. `Location` says where the
    operation
    is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do
    it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (RollingRequest | Unset): A rolling operation as it is asked for. Example: {'action':
            'restart', 'drain_s': 30, 'nodes': ['node1', 'node2'], 'ready_s': 120}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Operation | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    *,
    client: AuthenticatedClient,
    body: RollingRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Operation | Problem | None:
    """Restart a module's application node by node

     One after the other is drained, has its application stopped and started, is waited for until it is
    `UP`
    `Ready` with its checks passed, and takes its share again; the service is never interrupted. It
    stops at
    the first failure and says where; a node that fails stays as it is. `Location` says where the
    operation
    is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do
    it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (RollingRequest | Unset): A rolling operation as it is asked for. Example: {'action':
            'restart', 'drain_s': 30, 'nodes': ['node1', 'node2'], 'ready_s': 120}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Operation | Problem
    """

    return sync_detailed(
        module=module,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: RollingRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[Operation | Problem]:
    """Restart a module's application node by node

     One after the other is drained, has its application stopped and started, is waited for until it is
    `UP`
    `Ready` with its checks passed, and takes its share again; the service is never interrupted. It
    stops at
    the first failure and says where; a node that fails stays as it is. `Location` says where the
    operation
    is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do
    it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (RollingRequest | Unset): A rolling operation as it is asked for. Example: {'action':
            'restart', 'drain_s': 30, 'nodes': ['node1', 'node2'], 'ready_s': 120}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Operation | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    *,
    client: AuthenticatedClient,
    body: RollingRequest | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Operation | Problem | None:
    """Restart a module's application node by node

     One after the other is drained, has its application stopped and started, is waited for until it is
    `UP`
    `Ready` with its checks passed, and takes its share again; the service is never interrupted. It
    stops at
    the first failure and says where; a node that fails stays as it is. `Location` says where the
    operation
    is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do
    it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        idempotency_key (str | Unset):
        body (RollingRequest | Unset): A rolling operation as it is asked for. Example: {'action':
            'restart', 'drain_s': 30, 'nodes': ['node1', 'node2'], 'ready_s': 120}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Operation | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
