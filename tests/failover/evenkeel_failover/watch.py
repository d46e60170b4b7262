"""Follows what the nodes tell, in a thread of its own, and hands each event on with its moment."""

import asyncio
import threading
import time
from collections.abc import Callable

from evenkeel_client import follow_async
from evenkeel_client.models import FeedEvent
from evenkeel_client.types import Unset

from .api import Api
from .records import Event

RETRY_S = 1.0
# How long the streams may take to open before a test begins.
OPEN_S = 15.0


class Watch:
    """The event streams of all known nodes. Nodes of the lab have this machine's clock."""

    def __init__(self, api: Api, sink: Callable[[Event], None], *, same_clock: bool) -> None:
        """Each event goes to `sink`, on the watch's thread."""
        self._api, self._sink = api, sink
        self._same_clock = same_clock
        self._open: set[str] = set()
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._tasks: list[asyncio.Task[None]] = []
        self._thread = threading.Thread(target=self._run, daemon=True, name="watch")

    def start(self) -> None:
        """Starts it, and waits until all streams are open, though not for ever."""
        self._thread.start()
        with self._news:
            self._news.wait_for(lambda: self._open >= set(self._api.urls), OPEN_S)

    def stop(self) -> None:
        """Ends it."""
        self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in self._tasks])
        self._thread.join(OPEN_S)

    def _run(self) -> None:
        if self._api.namespace is not None:
            self._api.namespace.enter()
        asyncio.set_event_loop(self._loop)
        doors = self._api.urls.items()
        self._tasks = [self._loop.create_task(self._follow(*door)) for door in doors]
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.close()

    async def _follow(self, node: str, url: str) -> None:
        last: str | None = None
        while True:
            try:
                async with self._api.log_in(url) as client:
                    # A door that stands for the whole farm tells of all nodes.
                    of = node if len(self._api.urls) > 1 else None
                    async for event in follow_async(client, node=of, after=last):
                        last = event.id
                        self._take(node, event)
            except Exception:
                # Token, daemon or stream have ended, maybe amid an event: a new login goes on
                # after the last one.
                await asyncio.sleep(RETRY_S)

    def _take(self, door: str, event: FeedEvent) -> None:
        if event.kind == "stream_opened":
            with self._news:
                self._open.add(door)
                self._news.notify_all()
            return
        now = time.monotonic()
        told = event.at.timestamp() - time.time() + now
        self._sink(
            Event(
                at=min(told, now) if self._same_clock else now,
                node=event.node,
                kind=event.kind,
                message=event.message,
                module=_given(event.module),
                phase=_given(event.phase),
                readiness=_given(event.readiness),
                members=() if isinstance(event.members, Unset) else tuple(event.members),
                epoch=_given(event.epoch),
            )
        )


def _given(value: str | Unset | None) -> str | None:
    return None if isinstance(value, Unset) else value
