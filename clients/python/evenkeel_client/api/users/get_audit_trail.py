from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.audit_trail import AuditTrail
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    node: str,
    *,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/nodes/{node}/audit".format(
            node=quote(str(node), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuditTrail | Problem | None:
    if response.status_code == 200:
        response_200 = AuditTrail.from_dict(response.json())

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
) -> Response[AuditTrail | Problem]:
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
    limit: int | Unset = UNSET,
) -> Response[AuditTrail | Problem]:
    """The audit trail of a node

     Every change asked of the node: by whom, with which outcome.

    Args:
        node (str):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditTrail | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    node: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
) -> AuditTrail | Problem | None:
    """The audit trail of a node

     Every change asked of the node: by whom, with which outcome.

    Args:
        node (str):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditTrail | Problem
    """

    return sync_detailed(
        node=node,
        client=client,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    node: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
) -> Response[AuditTrail | Problem]:
    """The audit trail of a node

     Every change asked of the node: by whom, with which outcome.

    Args:
        node (str):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditTrail | Problem]
    """

    kwargs = _get_kwargs(
        node=node,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    node: str,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
) -> AuditTrail | Problem | None:
    """The audit trail of a node

     Every change asked of the node: by whom, with which outcome.

    Args:
        node (str):
        limit (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditTrail | Problem
    """

    return (
        await asyncio_detailed(
            node=node,
            client=client,
            limit=limit,
        )
    ).parsed
