"""Trust by fingerprint: a node of the cluster is talked to, an impostor hears no secret."""

import json
import os
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from evenkeel_client import AuthorityError, connect, connect_with_key, expect
from evenkeel_client.api.session import whoami

URL = os.environ["EVENKEEL_URL"]
CA = Path(os.environ["EVENKEEL_CA"])
FINGERPRINT = os.environ["EVENKEEL_FINGERPRINT"]
USER = os.environ["EVENKEEL_USER"]
PASSWORD = os.environ["EVENKEEL_PASSWORD"]


@pytest.fixture(scope="module")
def impostors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate and key of somebody else, in one file."""
    pair = tmp_path_factory.mktemp("impostor") / "pair.pem"
    make = "openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 1 -subj /CN=impostor"
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(pair), "-out", str(pair.with_suffix(".crt"))]
    subprocess.run([*make.split(), *names, *files], check=True, capture_output=True)
    pair.write_text(pair.read_text() + pair.with_suffix(".crt").read_text())
    return pair


@contextmanager
def impostor(pair: Path, claimed: str) -> Iterator[tuple[str, list[str]]]:
    """A server that says `claimed` is its authority; its URL, and all that it was sent."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(f"{self.requestline}\n{self.headers}")
            answer = json.dumps({"certificate": claimed, "fingerprint": FINGERPRINT})
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(answer.encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.append(f"{self.requestline}\n{self.headers}{body.decode()}")
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who does not trust the certificate goes away in the middle of a handshake."""

    server = Quiet(("127.0.0.1", 0), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pair)
    server.socket = tls.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


@pytest.mark.parametrize("written", [str, str.lower, lambda text: text.replace(":", "")])
def test_the_fingerprint_that_init_prints_is_enough(written: Callable[[str], str]) -> None:
    client = connect(URL, USER, PASSWORD, fingerprint=written(FINGERPRINT))
    assert expect(whoami.sync_detailed(client=client)).user == USER


def test_a_node_of_another_authority_is_refused_and_hears_no_password() -> None:
    other = ":".join(["AB"] * 32)
    with pytest.raises(AuthorityError, match=f"{FINGERPRINT}, not {other}"):
        connect(URL, USER, PASSWORD, fingerprint=other)


@pytest.mark.parametrize("claims", ["its own", "the cluster's", "both", "nothing"])
def test_an_impostor_hears_no_secret_whatever_it_claims(impostors: Path, claims: str) -> None:
    own, clusters = impostors.with_suffix(".crt").read_text(), CA.read_text()
    claimed = {"its own": own, "the cluster's": clusters, "both": clusters + own}.get(claims, "")
    with impostor(impostors, claimed) as (url, heard):
        with pytest.raises((AuthorityError, httpx.ConnectError)):
            connect(url, USER, PASSWORD, fingerprint=FINGERPRINT)
        with pytest.raises((AuthorityError, httpx.ConnectError)):
            client = connect_with_key(url, "evk_secret", fingerprint=FINGERPRINT)
            whoami.sync_detailed(client=client)
    assert [request.split()[:2] for request in heard] == [["GET", "/v1/authority"]] * 2
    sent = "".join(heard).lower()
    assert "authorization" not in sent
    assert PASSWORD.lower() not in sent


@pytest.mark.parametrize("none", ["", "AB:CD", "no fingerprint", "AB:" * 32 + "CD"])
def test_what_is_no_fingerprint_is_told_with_what_one_is(none: str) -> None:
    with pytest.raises(AuthorityError, match="64 hexadecimal digits"):
        connect(URL, USER, PASSWORD, fingerprint=none)


def test_whom_to_trust_has_to_be_said_once() -> None:
    with pytest.raises(TypeError, match="ca or by fingerprint"):
        connect(URL, USER, PASSWORD)
    with pytest.raises(TypeError, match="ca or by fingerprint"):
        connect(URL, USER, PASSWORD, ca=CA, fingerprint=FINGERPRINT)
