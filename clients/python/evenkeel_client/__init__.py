"""Client of the Evenkeel API: generated operations and models, connect(), connect_with_key() and follow()."""

from .authority import AuthorityError
from .client import AuthenticatedClient, Client
from .connect import connect, connect_with_key
from .follow import follow, follow_async
from .problem import ProblemError, expect

__all__ = (
    "AuthenticatedClient",
    "AuthorityError",
    "Client",
    "ProblemError",
    "connect",
    "connect_with_key",
    "expect",
    "follow",
    "follow_async",
)
