from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.configure_result import ConfigureResult
from ...models.module_settings import ModuleSettings
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    module: str,
    *,
    body: ModuleSettings,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/modules/{module}".format(
            module=quote(str(module), safe=""),
        ),
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
    module: str,
    *,
    client: AuthenticatedClient,
    body: ModuleSettings,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Configure a module

     Checks the configuration on every node that answers; one that refuses it stops the change on
    all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
    request again completes it there, and a node that was away takes it when it is back, before it
    starts
    any module. A module that runs takes other powers of hosts, virtual addresses, groups and rules, as
    long as the
    first group stays, no rule moves to a group that is there already, what is hashed of a packet that
    is taken
    before and after stays, and so does each virtual MAC address; and all of `<check>`, `<errd>`,
    `<failover>`,
    `<user>`, `<farm>`, and of the attributes of `<service>` but `mode`: what stays the same there goes
    on. Its scripts
    are other ones from their next run on. For anything else it must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        if_match (str | Unset):
        body (ModuleSettings): A module's configuration as given. Example: {'macros': {'PORT':
            '80', 'VIRTUAL_IP': '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start
            nginx\\n', 'stop_both': '#!/bin/sh\\nsystemctl stop nginx\\n'}, 'userconfig':
            '<safe>\\n<service mode="light">\\n<user/>\\n</service>\\n</safe>'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        dry_run=dry_run,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    *,
    client: AuthenticatedClient,
    body: ModuleSettings,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Configure a module

     Checks the configuration on every node that answers; one that refuses it stops the change on
    all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
    request again completes it there, and a node that was away takes it when it is back, before it
    starts
    any module. A module that runs takes other powers of hosts, virtual addresses, groups and rules, as
    long as the
    first group stays, no rule moves to a group that is there already, what is hashed of a packet that
    is taken
    before and after stays, and so does each virtual MAC address; and all of `<check>`, `<errd>`,
    `<failover>`,
    `<user>`, `<farm>`, and of the attributes of `<service>` but `mode`: what stays the same there goes
    on. Its scripts
    are other ones from their next run on. For anything else it must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        if_match (str | Unset):
        body (ModuleSettings): A module's configuration as given. Example: {'macros': {'PORT':
            '80', 'VIRTUAL_IP': '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start
            nginx\\n', 'stop_both': '#!/bin/sh\\nsystemctl stop nginx\\n'}, 'userconfig':
            '<safe>\\n<service mode="light">\\n<user/>\\n</service>\\n</safe>'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return sync_detailed(
        module=module,
        client=client,
        body=body,
        dry_run=dry_run,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: ModuleSettings,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Configure a module

     Checks the configuration on every node that answers; one that refuses it stops the change on
    all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
    request again completes it there, and a node that was away takes it when it is back, before it
    starts
    any module. A module that runs takes other powers of hosts, virtual addresses, groups and rules, as
    long as the
    first group stays, no rule moves to a group that is there already, what is hashed of a packet that
    is taken
    before and after stays, and so does each virtual MAC address; and all of `<check>`, `<errd>`,
    `<failover>`,
    `<user>`, `<farm>`, and of the attributes of `<service>` but `mode`: what stays the same there goes
    on. Its scripts
    are other ones from their next run on. For anything else it must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        if_match (str | Unset):
        body (ModuleSettings): A module's configuration as given. Example: {'macros': {'PORT':
            '80', 'VIRTUAL_IP': '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start
            nginx\\n', 'stop_both': '#!/bin/sh\\nsystemctl stop nginx\\n'}, 'userconfig':
            '<safe>\\n<service mode="light">\\n<user/>\\n</service>\\n</safe>'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        body=body,
        dry_run=dry_run,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    *,
    client: AuthenticatedClient,
    body: ModuleSettings,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Configure a module

     Checks the configuration on every node that answers; one that refuses it stops the change on
    all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
    request again completes it there, and a node that was away takes it when it is back, before it
    starts
    any module. A module that runs takes other powers of hosts, virtual addresses, groups and rules, as
    long as the
    first group stays, no rule moves to a group that is there already, what is hashed of a packet that
    is taken
    before and after stays, and so does each virtual MAC address; and all of `<check>`, `<errd>`,
    `<failover>`,
    `<user>`, `<farm>`, and of the attributes of `<service>` but `mode`: what stays the same there goes
    on. Its scripts
    are other ones from their next run on. For anything else it must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        if_match (str | Unset):
        body (ModuleSettings): A module's configuration as given. Example: {'macros': {'PORT':
            '80', 'VIRTUAL_IP': '192.0.2.100'}, 'scripts': {'start_both': '#!/bin/sh\\nsystemctl start
            nginx\\n', 'stop_both': '#!/bin/sh\\nsystemctl stop nginx\\n'}, 'userconfig':
            '<safe>\\n<service mode="light">\\n<user/>\\n</service>\\n</safe>'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            client=client,
            body=body,
            dry_run=dry_run,
            if_match=if_match,
        )
    ).parsed
