"""Client of the Evenkeel API: generated operations and models, connect() and follow()."""

from .client import AuthenticatedClient, Client
from .connect import ProblemError, connect, expect
from .follow import follow, follow_async

__all__ = (
    "AuthenticatedClient",
    "Client",
    "ProblemError",
    "connect",
    "expect",
    "follow",
    "follow_async",
)
