"""The hand-written part for trust by fingerprint: the CA's certificate is asked for, and taken if it is the known one."""

import hashlib
import hmac
import ssl

from .api.session import get_authority
from .client import Client
from .problem import expect

# Time for the answer of who may be anybody.
TIMEOUT_S = 30.0


class AuthorityError(Exception):
    """The fingerprint is none, or the node is not of the cluster whose CA has it; no secret was sent."""


def authority(url: str, fingerprint: str) -> bytes:
    """The certificate (DER) of the cluster's CA, which has this fingerprint.

    The node is asked over a connection that nothing vouches for yet and that carries no secret.
    """
    pinned = _digits(fingerprint)
    with Client(base_url=url, verify_ssl=False, timeout=TIMEOUT_S) as anybody:
        answer = get_authority.sync_detailed(client=anybody)
    try:
        certificate = ssl.PEM_cert_to_DER_cert(expect(answer).certificate)
    except ValueError as error:
        raise AuthorityError(f"the node sent no certificate of its cluster's CA: {error}") from error
    found = hashlib.sha256(certificate).digest()
    if not hmac.compare_digest(found, pinned):
        raise AuthorityError(
            f"the node's authority has the fingerprint {found.hex(':').upper()}, not {fingerprint}: "
            "it is not of this cluster, or somebody stands between; nothing was sent to it"
        )
    return certificate


def _digits(fingerprint: str) -> bytes:
    try:
        digits = bytes.fromhex(fingerprint.replace(":", ""))
    except ValueError:
        digits = b""
    if len(digits) != hashlib.sha256().digest_size:
        raise AuthorityError(
            f"{fingerprint!r} is no fingerprint: SHA-256 has 64 hexadecimal digits, as in AB:CD:… "
            "that evenkeel init prints"
        )
    return digits
