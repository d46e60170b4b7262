"""The hand-written part for events: follow them, and go on where the connection broke."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
from httpx_sse import EventSource, ServerSentEvent, aconnect_sse, connect_sse

from .client import AuthenticatedClient
from .models.feed_event import FeedEvent
from .models.problem import Problem
from .problem import ProblemError

# A node gives a sign of life every 10 s; one that is silent for so long is gone. What reads the stream
# makes an event without data of it.
SILENCE_S = 25.0
# Between two attempts to connect again.
RETRY_S = 1.0


def follow(
    client: AuthenticatedClient,
    *,
    node: str | None = None,
    module: str | None = None,
    level: str | None = None,
    after: str | None = None,
) -> Iterator[FeedEvent]:
    """What happens from now on, or after the event with the id `after`: on all nodes, or on `node`.

    Never ends by itself: where the connection breaks or the node does not answer it connects again
    and goes on after the last event, with a token of its own time. Raises ProblemError where the node
    refuses.
    """
    request = _Request(client, node, module, level, after)
    while True:
        try:
            with connect_sse(
                client.get_httpx_client(), **request.arguments()
            ) as source:
                if request.is_refused(source.response):
                    source.response.read()
                    request.give_up(source.response)
                for sent in source.iter_sse() if _is_stream(source) else ():
                    if sent.data:
                        yield request.event(sent)
        except httpx.TransportError:
            pass
        time.sleep(RETRY_S)


async def follow_async(
    client: AuthenticatedClient,
    *,
    node: str | None = None,
    module: str | None = None,
    level: str | None = None,
    after: str | None = None,
) -> AsyncIterator[FeedEvent]:
    """The same as follow(), for asyncio."""
    request = _Request(client, node, module, level, after)
    while True:
        try:
            async with aconnect_sse(
                client.get_async_httpx_client(), **request.arguments()
            ) as source:
                if request.is_refused(source.response):
                    await source.response.aread()
                    request.give_up(source.response)
                if _is_stream(source):
                    async for sent in source.aiter_sse():
                        if sent.data:
                            yield request.event(sent)
        except httpx.TransportError:
            pass
        await asyncio.sleep(RETRY_S)


def _is_stream(source: EventSource) -> bool:
    return source.response.is_success


class _Request:
    """What is asked, and how far it was answered."""

    def __init__(
        self,
        client: AuthenticatedClient,
        node: str | None,
        module: str | None,
        level: str | None,
        after: str | None,
    ) -> None:
        self._url = "/v1/events" if node is None else f"/v1/nodes/{node}/events"
        params = {"module": module, "level": level}
        self._params = {
            name: value for name, value in params.items() if value is not None
        }
        self._last = after
        self._timeout = httpx.Timeout(SILENCE_S)

    def arguments(self) -> dict[str, Any]:
        headers = {} if self._last is None else {"Last-Event-ID": self._last}
        return {
            "method": "GET",
            "url": self._url,
            "params": self._params,
            "headers": headers,
            "timeout": self._timeout,
        }

    @staticmethod
    def is_refused(response: httpx.Response) -> bool:
        return response.is_client_error

    @staticmethod
    def give_up(response: httpx.Response) -> None:
        raise ProblemError(Problem.from_dict(response.json()))

    def event(self, sent: ServerSentEvent) -> FeedEvent:
        event = FeedEvent.from_dict(json.loads(sent.data))
        self._last = event.id
        return event
