from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.configure_result import ConfigureResult
from ...models.new_module import NewModule
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewModule,
    dry_run: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/modules",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ConfigureResult | Problem | None:
    if response.status_code == 200:
        response_200 = ConfigureResult.from_dict(response.json())

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
) -> Response[ConfigureResult | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: NewModule,
    dry_run: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Make a module from a template

     On every node, as `configure_module` does, with the template's configuration file and scripts and
    the
    macros given. The same request again completes it on nodes that missed it; a module of this name
    with
    another content is refused. What the template leaves out is changed by `configure_module`
    afterwards.

    Args:
        dry_run (bool | Unset):
        idempotency_key (str | Unset):
        body (NewModule): A module to be made from a template. Example: {'macros': {'PORT': '80',
            'SERVICES': 'nginx', 'VIRTUAL_IP': '192.0.2.100'}, 'name': 'web', 'template':
            'systemd_farm'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: NewModule,
    dry_run: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Make a module from a template

     On every node, as `configure_module` does, with the template's configuration file and scripts and
    the
    macros given. The same request again completes it on nodes that missed it; a module of this name
    with
    another content is refused. What the template leaves out is changed by `configure_module`
    afterwards.

    Args:
        dry_run (bool | Unset):
        idempotency_key (str | Unset):
        body (NewModule): A module to be made from a template. Example: {'macros': {'PORT': '80',
            'SERVICES': 'nginx', 'VIRTUAL_IP': '192.0.2.100'}, 'name': 'web', 'template':
            'systemd_farm'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewModule,
    dry_run: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Make a module from a template

     On every node, as `configure_module` does, with the template's configuration file and scripts and
    the
    macros given. The same request again completes it on nodes that missed it; a module of this name
    with
    another content is refused. What the template leaves out is changed by `configure_module`
    afterwards.

    Args:
        dry_run (bool | Unset):
        idempotency_key (str | Unset):
        body (NewModule): A module to be made from a template. Example: {'macros': {'PORT': '80',
            'SERVICES': 'nginx', 'VIRTUAL_IP': '192.0.2.100'}, 'name': 'web', 'template':
            'systemd_farm'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: NewModule,
    dry_run: bool | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Make a module from a template

     On every node, as `configure_module` does, with the template's configuration file and scripts and
    the
    macros given. The same request again completes it on nodes that missed it; a module of this name
    with
    another content is refused. What the template leaves out is changed by `configure_module`
    afterwards.

    Args:
        dry_run (bool | Unset):
        idempotency_key (str | Unset):
        body (NewModule): A module to be made from a template. Example: {'macros': {'PORT': '80',
            'SERVICES': 'nginx', 'VIRTUAL_IP': '192.0.2.100'}, 'name': 'web', 'template':
            'systemd_farm'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            dry_run=dry_run,
            idempotency_key=idempotency_key,
        )
    ).parsed
