"""Network namespaces: where the lab's console and client are, and how to do something there."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

CLONE_NEWNET = 0x40000000
OWN = "/proc/thread-self/ns/net"


@dataclass(frozen=True)
class Namespace:
    """A network namespace that another process holds open."""

    path: str

    @contextmanager
    def entered(self) -> Iterator[None]:
        """The calling thread is inside; sockets opened meanwhile stay there for good."""
        home = os.open(OWN, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self.enter()
            try:
                yield
            finally:
                _setns(home)
        finally:
            os.close(home)

    def enter(self) -> None:
        """The calling thread goes inside, to stay."""
        inside = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _setns(inside)
        finally:
            os.close(inside)


def _setns(descriptor: int) -> None:
    # os.setns is there from Python 3.12 on.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"entering a network namespace: {os.strerror(number)}")
