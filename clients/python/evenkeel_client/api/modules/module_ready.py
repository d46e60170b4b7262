from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.module_ready import ModuleReady
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    module: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/modules/{module}/ready".format(
            module=quote(str(module), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ModuleReady | Problem | None:
    if response.status_code == 200:
        response_200 = ModuleReady.from_dict(response.json())

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
) -> Response[ModuleReady | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    module: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ModuleReady | Problem]:
    """Whether a module serves on the answering node

     200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load
    balancers and
    monitors can ask. The same in words of the reference, `OK` (200) or `NOT FOUND` (404), is
    `/var/modules/{module}/ready.txt` here and on the plain port for probes (`evenkeel serve --probe-
    listen`). Its
    header `Evenkeel-State` has the state of the module, as in `UP Ready`, and `Evenkeel-Start` a value
    that is
    another one after each start and restart of its application: by these a `<module>` check of another
    node tells a
    restart.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModuleReady | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    *,
    client: AuthenticatedClient | Client,
) -> ModuleReady | Problem | None:
    """Whether a module serves on the answering node

     200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load
    balancers and
    monitors can ask. The same in words of the reference, `OK` (200) or `NOT FOUND` (404), is
    `/var/modules/{module}/ready.txt` here and on the plain port for probes (`evenkeel serve --probe-
    listen`). Its
    header `Evenkeel-State` has the state of the module, as in `UP Ready`, and `Evenkeel-Start` a value
    that is
    another one after each start and restart of its application: by these a `<module>` check of another
    node tells a
    restart.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModuleReady | Problem
    """

    return sync_detailed(
        module=module,
        client=client,
    ).parsed


async def asyncio_detailed(
    module: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ModuleReady | Problem]:
    """Whether a module serves on the answering node

     200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load
    balancers and
    monitors can ask. The same in words of the reference, `OK` (200) or `NOT FOUND` (404), is
    `/var/modules/{module}/ready.txt` here and on the plain port for probes (`evenkeel serve --probe-
    listen`). Its
    header `Evenkeel-State` has the state of the module, as in `UP Ready`, and `Evenkeel-Start` a value
    that is
    another one after each start and restart of its application: by these a `<module>` check of another
    node tells a
    restart.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModuleReady | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    *,
    client: AuthenticatedClient | Client,
) -> ModuleReady | Problem | None:
    """Whether a module serves on the answering node

     200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load
    balancers and
    monitors can ask. The same in words of the reference, `OK` (200) or `NOT FOUND` (404), is
    `/var/modules/{module}/ready.txt` here and on the plain port for probes (`evenkeel serve --probe-
    listen`). Its
    header `Evenkeel-State` has the state of the module, as in `UP Ready`, and `Evenkeel-Start` a value
    that is
    another one after each start and restart of its application: by these a `<module>` check of another
    node tells a
    restart.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModuleReady | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            client=client,
        )
    ).parsed
