from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.configure_result import ConfigureResult
from ...models.problem import Problem
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    module: str,
    *,
    body: File,
    dry_run: bool | Unset = UNSET,
    macros: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params["macros"] = macros

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/modules/{module}/package".format(
            module=quote(str(module), safe=""),
        ),
        "params": params,
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/zip"

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
    body: File,
    dry_run: bool | Unset = UNSET,
    macros: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Configure a module from a package

     Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file
    has:
    `conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything
    wrong
    with the package or in it is told at once; other entries are named in the warnings and not kept. A
    package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more
    than 100
    times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there
    twice
    are refused.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        macros (str | Unset):
        if_match (str | Unset):
        body (File): The bytes of a zip.

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
        macros=macros,
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
    body: File,
    dry_run: bool | Unset = UNSET,
    macros: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Configure a module from a package

     Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file
    has:
    `conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything
    wrong
    with the package or in it is told at once; other entries are named in the warnings and not kept. A
    package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more
    than 100
    times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there
    twice
    are refused.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        macros (str | Unset):
        if_match (str | Unset):
        body (File): The bytes of a zip.

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
        macros=macros,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    module: str,
    *,
    client: AuthenticatedClient,
    body: File,
    dry_run: bool | Unset = UNSET,
    macros: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Configure a module from a package

     Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file
    has:
    `conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything
    wrong
    with the package or in it is told at once; other entries are named in the warnings and not kept. A
    package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more
    than 100
    times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there
    twice
    are refused.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        macros (str | Unset):
        if_match (str | Unset):
        body (File): The bytes of a zip.

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
        macros=macros,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    *,
    client: AuthenticatedClient,
    body: File,
    dry_run: bool | Unset = UNSET,
    macros: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Configure a module from a package

     Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file
    has:
    `conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything
    wrong
    with the package or in it is told at once; other entries are named in the warnings and not kept. A
    package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more
    than 100
    times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there
    twice
    are refused.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        dry_run (bool | Unset):
        macros (str | Unset):
        if_match (str | Unset):
        body (File): The bytes of a zip.

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
            macros=macros,
            if_match=if_match,
        )
    ).parsed
