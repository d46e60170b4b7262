from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.made_webhook import MadeWebhook
from ...models.problem import Problem
from ...models.webhook_settings import WebhookSettings
from ...types import Response


def _get_kwargs(
    webhook: str,
    *,
    body: WebhookSettings,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/webhooks/{webhook}".format(
            webhook=quote(str(webhook), safe=""),
        ),
    }

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
    body: WebhookSettings,
) -> Response[MadeWebhook | Problem]:
    """Make or change a webhook

     From here on each node sends its events there with POST, as they happen: what a receiver gets is
    described under
    `webhooks` in this document. Any answer from 200 to 299 means that it has the event. Until then the
    node tries
    again, with longer and longer pauses of up to 5 minutes, for 6 hours; later events wait, 1000 at the
    most, of
    which the oldest go. Redirections are not followed. A receiver that answers 410 gets no more until
    the webhook is
    changed. An event can come twice, with the same `webhook-id`. What waits when a daemon ends is lost:
    the next
    start is told by an `events_lost`, which comes whatever the webhook is for.

    On all nodes, with a result per node; a node that missed it takes it by itself, once it hears from
    another. What
    waits goes to where the webhook leads from then on.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed',
            'peer_lost'], 'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeWebhook | Problem]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookSettings,
) -> MadeWebhook | Problem | None:
    """Make or change a webhook

     From here on each node sends its events there with POST, as they happen: what a receiver gets is
    described under
    `webhooks` in this document. Any answer from 200 to 299 means that it has the event. Until then the
    node tries
    again, with longer and longer pauses of up to 5 minutes, for 6 hours; later events wait, 1000 at the
    most, of
    which the oldest go. Redirections are not followed. A receiver that answers 410 gets no more until
    the webhook is
    changed. An event can come twice, with the same `webhook-id`. What waits when a daemon ends is lost:
    the next
    start is told by an `events_lost`, which comes whatever the webhook is for.

    On all nodes, with a result per node; a node that missed it takes it by itself, once it hears from
    another. What
    waits goes to where the webhook leads from then on.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed',
            'peer_lost'], 'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.

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
    ).parsed


async def asyncio_detailed(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookSettings,
) -> Response[MadeWebhook | Problem]:
    """Make or change a webhook

     From here on each node sends its events there with POST, as they happen: what a receiver gets is
    described under
    `webhooks` in this document. Any answer from 200 to 299 means that it has the event. Until then the
    node tries
    again, with longer and longer pauses of up to 5 minutes, for 6 hours; later events wait, 1000 at the
    most, of
    which the oldest go. Redirections are not followed. A receiver that answers 410 gets no more until
    the webhook is
    changed. An event can come twice, with the same `webhook-id`. What waits when a daemon ends is lost:
    the next
    start is told by an `events_lost`, which comes whatever the webhook is for.

    On all nodes, with a result per node; a node that missed it takes it by itself, once it hears from
    another. What
    waits goes to where the webhook leads from then on.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed',
            'peer_lost'], 'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MadeWebhook | Problem]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook: str,
    *,
    client: AuthenticatedClient,
    body: WebhookSettings,
) -> MadeWebhook | Problem | None:
    """Make or change a webhook

     From here on each node sends its events there with POST, as they happen: what a receiver gets is
    described under
    `webhooks` in this document. Any answer from 200 to 299 means that it has the event. Until then the
    node tries
    again, with longer and longer pauses of up to 5 minutes, for 6 hours; later events wait, 1000 at the
    most, of
    which the oldest go. Redirections are not followed. A receiver that answers 410 gets no more until
    the webhook is
    changed. An event can come twice, with the same `webhook-id`. What waits when a daemon ends is lost:
    the next
    start is told by an `events_lost`, which comes whatever the webhook is for.

    On all nodes, with a result per node; a node that missed it takes it by itself, once it hears from
    another. What
    waits goes to where the webhook leads from then on.

    Args:
        webhook (str): The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit
            first.
        body (WebhookSettings): What a webhook is for. Example: {'events': ['state_changed',
            'peer_lost'], 'modules': ['web'], 'url': 'https://pager.example.com/evenkeel'}.

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
        )
    ).parsed
