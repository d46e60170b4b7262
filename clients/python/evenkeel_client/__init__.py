"""Client of the Evenkeel API: generated operations and models, connect(), connect_with_key() and follow()."""

from .client import AuthenticatedClient, Client
from .connect import ProblemError, connect, connect_with_key, expect
from .follow import follow, follow_async

__all__ = (
    "AuthenticatedClient",
    "Client",
    "ProblemError",
    "connect",
    "connect_with_key",
    "expect",
    "follow",
    "follow_async",
)
