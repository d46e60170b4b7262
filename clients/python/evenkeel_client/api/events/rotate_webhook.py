from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.made_webhook import MadeWebhook
from ...models.problem import Problem
from ...models.webhook_rotation import WebhookRotation
from ...types import UNSET, Response, Unset


def _get_kwargs(
    webhook: str,
    *,
    body: WebhookRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/webhooks/{webhook}/rotate".format(
            webhook=quote(str(webhook), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MadeWebhook | Problem | None:
    if response.status_code == 200:
        response_200 = MadeWebhook.from_dict(response.json())

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
) -> Response[MadeWebhook | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeWebhook | Problem]:
    """Replace a webhook's secret

     By one that is made up and shown this once. The former one signs, too, for the time of the overlap,
    so that the
    receiver can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (WebhookRotation | Unset): How a webhook's secret is replaced. Example: {'overlap_s':
            86400}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeWebhook | Problem]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> MadeWebhook | Problem | None:
    """Replace a webhook's secret

     By one that is made up and shown this once. The former one signs, too, for the time of the overlap,
    so that the
    receiver can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (WebhookRotation | Unset): How a webhook's secret is replaced. Example: {'overlap_s':
            86400}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeWebhook | Problem
    """

    return sync_detailed(
        webhook=webhook,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> Response[MadeWebhook | Problem]:
    """Replace a webhook's secret

     By one that is made up and shown this once. The former one signs, too, for the time of the overlap,
    so that the
    receiver can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (WebhookRotation | Unset): How a webhook's secret is replaced. Example: {'overlap_s':
            86400}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeWebhook | Problem]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookRotation | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
) -> MadeWebhook | Problem | None:
    """Replace a webhook's secret

     By one that is made up and shown this once. The former one signs, too, for the time of the overlap,
    so that the
    receiver can be given the new one without a gap; with an overlap of 0 it ends at once.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        idempotency_key (str | Unset):
        body (WebhookRotation | Unset): How a webhook's secret is replaced. Example: {'overlap_s':
            86400}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MadeWebhook | Problem
    """

    return (
        await asyncio_detailed(
            webhook=webhook,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
