from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.module_configuration import ModuleConfiguration
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    module: str,
    revision: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/modules/{module}/revisions/{revision}".format(
            module=quote(str(module), safe=""),
            revision=quote(str(revision), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ModuleConfiguration | Problem | None:
    if response.status_code == 200:
        response_200 = ModuleConfiguration.from_dict(response.json())

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
) -> Response[ModuleConfiguration | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
) -> Response[ModuleConfiguration | Problem]:
    """A revision of a module

     With file, macros and scripts, as the answering node has it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModuleConfiguration | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
) -> ModuleConfiguration | Problem | None:
    """A revision of a module

     With file, macros and scripts, as the answering node has it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModuleConfiguration | Problem
    """

    return sync_detailed(
        module=module,
        revision=revision,
        client=client,
    ).parsed


async def asyncio_detailed(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
) -> Response[ModuleConfiguration | Problem]:
    """A revision of a module

     With file, macros and scripts, as the answering node has it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ModuleConfiguration | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
) -> ModuleConfiguration | Problem | None:
    """A revision of a module

     With file, macros and scripts, as the answering node has it.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ModuleConfiguration | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            revision=revision,
            client=client,
        )
    ).parsed
