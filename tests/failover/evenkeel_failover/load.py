"""The load, a process of its own: `python load.py OPTIONS`, OPTIONS as JSON.

It asks once from every source address, then opens new connections at a rate, from one address after
the other, and holds some open with a request per interval. Each experience is a line of JSON on
standard output, with times in nanoseconds of the monotonic clock. It ends when its standard input
does. It needs the standard library only; in the lab it runs in the client's network namespace.
"""

import asyncio
import itertools
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

HEAD_BYTES_MAX = 64 * 1024
# The ticker of the load itself: what is later than this is told.
TICK_S = 0.01
PAUSE_S = 0.05
SURVEY_AT_ONCE = 16
# Linux: choose the port when connecting, so that one port serves several destinations.
IP_BIND_ADDRESS_NO_PORT = 24


@dataclass(frozen=True)
class LoadOptions:
    """What kind of load."""

    address: str
    port: int
    sources: list[str] = field(default_factory=list)
    """Addresses to connect from, in turn; none: as the system chooses."""
    new_per_second: float = 100.0
    held: int = 20
    held_interval_s: float = 0.1
    timeout_s: float = 5.0
    path: str = "/"
    host: str = "farm"
    node_header: str = "x-node"
    """The header that says who answers; without it the first line of the body does."""

    def to_json(self) -> str:
        """The argument of the process."""
        return json.dumps(asdict(self))


class Broken(Exception):
    """There was no proper answer; says why in a word or a few."""


def failure_of(error: BaseException) -> str:
    """The word for it."""
    match error:
        case ConnectionRefusedError():
            return "refused"
        case ConnectionResetError() | BrokenPipeError():
            return "reset"
        case asyncio.IncompleteReadError() | asyncio.LimitOverrunError():
            return "closed"
        case TimeoutError():
            return "timed out"
        case _:
            return str(error) or type(error).__name__


class Load:
    """A running load."""

    def __init__(self, options: LoadOptions) -> None:
        """Prepares it; nothing is opened yet."""
        self._options = options
        self._sources = itertools.cycle(options.sources or [""])
        self._numbers = itertools.count()
        self._stopping = asyncio.Event()
        self._stopped = 0

    async def run(self) -> None:
        """Runs until the input ends, and lets attempts under way end."""
        loop = asyncio.get_running_loop()
        loop.add_reader(sys.stdin.fileno(), self._input)
        tell("started", at=now())
        await self._survey()
        tell("surveyed", at=now())
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(watch_itself(self._stopping))
            for _ in range(self._options.held):
                tasks.create_task(self._hold(next(self._sources)))
            if self._options.new_per_second > 0:
                tasks.create_task(self._attempts(tasks))
        tell("ended", at=self._stopped)

    async def _survey(self) -> None:
        """A connection from every address: so each one's node is known before anything happens."""
        waiting = iter(self._options.sources)

        async def ask_in_turn() -> None:
            for source in waiting:
                if not self._stopping.is_set():
                    await self._attempt(source)

        await asyncio.gather(*(ask_in_turn() for _ in range(SURVEY_AT_ONCE)))

    def _input(self) -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
            self._stopped = now()
            self._stopping.set()

    async def _sleep(self, seconds: float) -> None:
        """Sleeps so long, or until the load is to end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), max(seconds, 0))

    async def _attempts(self, tasks: asyncio.TaskGroup) -> None:
        for due in moments(1 / self._options.new_per_second):
            await self._sleep(due - time.monotonic())
            if self._stopping.is_set():
                return
            tasks.create_task(self._attempt(next(self._sources)))

    async def _attempt(self, source: str) -> None:
        started, port = now(), 0
        record: dict[str, Any] = {}
        try:
            async with asyncio.timeout(self._options.timeout_s):
                reader, writer = await self._connect(source)
                try:
                    source, port = writer.get_extra_info("sockname")[:2]
                    record = {"node": await self._ask(reader, writer, "close"), "ended": now()}
                    # The server ends it, so that the client's port is free at once.
                    await reader.read()
                finally:
                    writer.close()
        except (OSError, EOFError, TimeoutError, Broken, ValueError) as error:
            record = record or {"failure": failure_of(error), "ended": now()}
        tell("attempt", source=source, port=port, started=started, **record)

    async def _hold(self, source: str) -> None:
        """One connection after the other: who breaks is told, and replaced."""
        while not self._stopping.is_set():
            number = next(self._numbers)
            tell("opened", connection=number, source=source, at=now())
            writer = None
            try:
                async with asyncio.timeout(self._options.timeout_s):
                    reader, writer = await self._connect(source)
                await self._converse(number, reader, writer)
            except (OSError, EOFError, TimeoutError, Broken, ValueError) as error:
                tell("broken", connection=number, at=now(), failure=failure_of(error))
                await self._sleep(self._options.held_interval_s)
            finally:
                if writer is not None:
                    writer.close()

    async def _converse(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not self._stopping.is_set():
            if reader.at_eof():
                # Ended between two requests, as a server may: a client opens the next one.
                return
            asked = now()
            async with asyncio.timeout(self._options.timeout_s):
                node = await self._ask(reader, writer, "keep-alive")
            tell("answer", connection=number, asked=asked, ended=now(), node=node)
            await self._sleep(self._options.held_interval_s)

    async def _connect(self, source: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        family = socket.AF_INET6 if ":" in self._options.address else socket.AF_INET
        stream = socket.socket(family, socket.SOCK_STREAM)
        try:
            stream.setblocking(False)
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if source:
                stream.setsockopt(socket.SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1)
                stream.bind((source, 0))
            loop = asyncio.get_running_loop()
            await loop.sock_connect(stream, (self._options.address, self._options.port))
            return await asyncio.open_connection(sock=stream, limit=HEAD_BYTES_MAX)
        except BaseException:
            stream.close()
            raise

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: str
    ) -> str:
        """Sends one request and gives the name of who answered."""
        writer.write(
            f"GET {self._options.path} HTTP/1.1\r\nHost: {self._options.host}\r\n"
            f"Connection: {connection}\r\n\r\n".encode()
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, *lines = head.strip().split("\r\n")
        if status.split(" ", 2)[1:2] != ["200"]:
            raise Broken(f"answered {status}")
        headers = {name.lower(): value.strip() for name, _, value in map(split_header, lines)}
        if "content-length" not in headers:
            raise Broken("an answer without Content-Length")
        body = await reader.readexactly(int(headers["content-length"]))
        named = headers.get(self._options.node_header.lower())
        return named or body.decode("utf-8", "replace").strip().split("\n")[0]


def split_header(line: str) -> tuple[str, str, str]:
    """A header's name and value."""
    return line.partition(":")


def moments(interval_s: float) -> Iterator[float]:
    """One moment after the other; those that were missed are left out, not made up for at once."""
    due = time.monotonic()
    while True:
        yield due
        due = max(due + interval_s, time.monotonic())


async def watch_itself(stopping: asyncio.Event) -> None:
    """Tells when this process did not get to run: nobody may blame the farm for that."""
    while not stopping.is_set():
        before = time.monotonic()
        await asyncio.sleep(TICK_S)
        late = time.monotonic() - before - TICK_S
        if late > PAUSE_S:
            tell("pause", at=round(before * 1e9), took=round(late * 1e9))


def now() -> int:
    """The monotonic clock in nanoseconds."""
    return time.monotonic_ns()


def tell(kind: str, **fields: Any) -> None:  # noqa: ANN401 - whatever JSON has
    """A line for whoever started this."""
    sys.stdout.write(json.dumps({"kind": kind, **fields}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Runs the load that the only argument describes."""
    options = LoadOptions(**json.loads(sys.argv[1]))
    try:
        asyncio.run(Load(options).run())
    except (BrokenPipeError, KeyboardInterrupt):
        # Who started this is gone.
        sys.exit(1)


if __name__ == "__main__":
    main()
