"""Client of the Evenkeel API: generated operations and models, and connect()."""

from .client import AuthenticatedClient, Client
from .connect import ProblemError, connect, expect

__all__ = ("AuthenticatedClient", "Client", "ProblemError", "connect", "expect")
