from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_key_rotation import ApiKeyRotation
from ...models.made_api_key import MadeApiKey
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    api_key: str,
    *,
    body: ApiKeyRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/api-keys/{api_key}/rotate".format(
            api_key=quote(str(api_key), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MadeApiKey | Problem | None:
    if response.status_code == 200:
        response_200 = MadeApiKey.from_dict(response.json())

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
) -> Response[MadeApiKey | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeyRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeApiKey | Problem]:
    """Replace an API key

     By another of the same name, role and modules. The former key is good for the time of the overlap,
    so
    that programs can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (ApiKeyRotation | Unset): How a key is replaced. Example: {'overlap_s': 3600,
            'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeApiKey | Problem]
    """

    kwargs = _get_kwargs(
        api_key=api_key,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeyRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> MadeApiKey | Problem | None:
    """Replace an API key

     By another of the same name, role and modules. The former key is good for the time of the overlap,
    so
    that programs can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (ApiKeyRotation | Unset): How a key is replaced. Example: {'overlap_s': 3600,
            'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeApiKey | Problem
    """

    return sync_detailed(
        api_key=api_key,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeyRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeApiKey | Problem]:
    """Replace an API key

     By another of the same name, role and modules. The former key is good for the time of the overlap,
    so
    that programs can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (ApiKeyRotation | Unset): How a key is replaced. Example: {'overlap_s': 3600,
            'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeApiKey | Problem]
    """

    kwargs = _get_kwargs(
        api_key=api_key,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    api_key: str,
    *,
    client: AuthenticatedClient,
    body: ApiKeyRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> MadeApiKey | Problem | None:
    """Replace an API key

     By another of the same name, role and modules. The former key is good for the time of the overlap,
    so
    that programs can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        api_key (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (ApiKeyRotation | Unset): How a key is replaced. Example: {'overlap_s': 3600,
            'valid_for_days': 30}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeApiKey | Problem
    """

    return (
        await asyncio_detailed(
            api_key=api_key,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
