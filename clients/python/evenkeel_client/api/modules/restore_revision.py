from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.configure_result import ConfigureResult
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    module: str,
    revision: int,
    *,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/modules/{module}/revisions/{revision}/restore".format(
            module=quote(str(module), safe=""),
            revision=quote(str(revision), safe=""),
        ),
        "params": params,
    }

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
    revision: int,
    *,
    client: AuthenticatedClient,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Restore a revision of a module

     Configures the module on every node with what the revision has, as `configure_module` does: it
    becomes
    the latest revision, with a number of its own, and the others stay. The module must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        dry_run (bool | Unset):
        if_match (str | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
        dry_run=dry_run,
        if_match=if_match,
        idempotency_key=idempotency_key,
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
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Restore a revision of a module

     Configures the module on every node with what the revision has, as `configure_module` does: it
    becomes
    the latest revision, with a number of its own, and the others stay. The module must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        dry_run (bool | Unset):
        if_match (str | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return sync_detailed(
        module=module,
        revision=revision,
        client=client,
        dry_run=dry_run,
        if_match=if_match,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[ConfigureResult | Problem]:
    """Restore a revision of a module

     Configures the module on every node with what the revision has, as `configure_module` does: it
    becomes
    the latest revision, with a number of its own, and the others stay. The module must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        dry_run (bool | Unset):
        if_match (str | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ConfigureResult | Problem]
    """

    kwargs = _get_kwargs(
        module=module,
        revision=revision,
        dry_run=dry_run,
        if_match=if_match,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    module: str,
    revision: int,
    *,
    client: AuthenticatedClient,
    dry_run: bool | Unset = UNSET,
    if_match: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> ConfigureResult | Problem | None:
    """Restore a revision of a module

     Configures the module on every node with what the revision has, as `configure_module` does: it
    becomes
    the latest revision, with a number of its own, and the others stay. The module must be stopped.

    Args:
        module (str): The name: 1 to 32 characters, a letter first, then letters, digits, `_` and
            `-`.
        revision (int):
        dry_run (bool | Unset):
        if_match (str | Unset):
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ConfigureResult | Problem
    """

    return (
        await asyncio_detailed(
            module=module,
            revision=revision,
            client=client,
            dry_run=dry_run,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )
    ).parsed
