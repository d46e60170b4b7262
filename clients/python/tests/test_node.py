"""The client against a running node; `clients/python/test` starts one and says where it is."""

import asyncio
import os
import ssl
import sys
from contextlib import aclosing

import certifi
import httpx
import pytest
from evenkeel_client import (
    AuthenticatedClient,
    Client,
    ProblemError,
    connect,
    connect_with_key,
    expect,
    follow,
    follow_async,
)
from evenkeel_client.api.cluster import get_cluster
from evenkeel_client.api.modules import (
    configure_module,
    get_module,
    list_modules,
    start_module,
)
from evenkeel_client.api.node_modules import start_module_on_node, stop_module_on_node
from evenkeel_client.api.session import health, whoami
from evenkeel_client.api.users import create_api_key, get_audit_trail
from evenkeel_client.models import (
    FeedEvent,
    ModuleSettings,
    ModuleSettingsScripts,
    NewApiKey,
    NodeSelection,
)

URL = os.environ["EVENKEEL_URL"]
CA = os.environ["EVENKEEL_CA"]
USER = os.environ["EVENKEEL_USER"]
PASSWORD = os.environ["EVENKEEL_PASSWORD"]


@pytest.fixture(scope="module")
def client() -> AuthenticatedClient:
    """A client that is logged in as the administrator."""
    return connect(URL, USER, PASSWORD, ca=CA)


def test_login_gives_a_client_with_the_users_role(client: AuthenticatedClient) -> None:
    caller = expect(whoami.sync_detailed(client=client))
    assert (caller.user, caller.role) == (USER, "admin")


def test_the_cluster_is_read_as_typed_models(client: AuthenticatedClient) -> None:
    cluster = expect(get_cluster.sync_detailed(client=client))
    assert {node.name: node.alive for node in cluster.nodes} == {
        "node1": True,
        "node2": False,
    }
    assert cluster.answered_by == "node1"
    assert expect(list_modules.sync_detailed(client=client)).modules == []


def test_a_problem_of_an_operation_is_raised_with_its_type(
    client: AuthenticatedClient,
) -> None:
    with pytest.raises(ProblemError, match="web") as raised:
        expect(start_module.sync_detailed("web", client=client, body=NodeSelection()))
    assert raised.value.problem.type_ == "/problems/unknown-module"


def test_a_wrong_password_is_a_problem_and_no_client() -> None:
    with pytest.raises(ProblemError) as raised:
        connect(URL, "nobody", "wrong password", ca=CA)
    assert raised.value.problem.status == 401


def logins(client: AuthenticatedClient) -> int:
    """How often somebody logged in at the node."""
    trail = expect(get_audit_trail.sync_detailed("node1", client=client, limit=1000))
    return sum(entry.operation == "login" for entry in trail.entries)


def test_a_client_logs_in_anew_before_its_token_ends(
    client: AuthenticatedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = connect(URL, USER, PASSWORD, ca=CA)
    before = logins(client)
    for _ in range(2):
        expect(whoami.sync_detailed(client=mine))
    assert logins(client) == before
    # A token that is always about to end.
    module = sys.modules["evenkeel_client.connect"]
    monkeypatch.setattr(module, "RENEW_AFTER_S", 0.0)
    assert expect(whoami.sync_detailed(client=mine)).user == USER
    assert expect(asyncio.run(whoami.asyncio_detailed(client=mine))).user == USER
    monkeypatch.undo()
    assert logins(client) == before + 2


def test_a_program_needs_no_login_with_an_api_key(client: AuthenticatedClient) -> None:
    body = NewApiKey(name="pytest", role="monitor")
    made = expect(create_api_key.sync_detailed(client=client, body=body))
    mine = connect_with_key(URL, made.key, ca=CA)
    assert expect(whoami.sync_detailed(client=mine)).user == "key:pytest"
    with pytest.raises(ProblemError) as raised:
        expect(whoami.sync_detailed(client=connect_with_key(URL, "evk_none", ca=CA)))
    assert raised.value.problem.status == 401


def test_without_a_token_nothing_is_answered_but_health() -> None:
    anonymous = Client(base_url=URL, verify_ssl=ssl.create_default_context(cafile=CA))
    assert expect(health.sync_detailed(client=anonymous)).status == "ok"
    with pytest.raises(ProblemError) as raised:
        expect(get_module.sync_detailed("web", client=anonymous))
    assert raised.value.problem.status == 401


def configured(client: AuthenticatedClient, name: str) -> None:
    """Has a module without network parts."""
    scripts = ModuleSettingsScripts.from_dict(
        {"start_both": "#!/bin/sh\n", "stop_both": "#!/bin/sh\n"}
    )
    userconfig = '<safe><service mode="light"><user/></service></safe>'
    settings = ModuleSettings(userconfig=userconfig, scripts=scripts)
    expect(configure_module.sync_detailed(name, client=client, body=settings))


def is_in(event: FeedEvent, phase: str, readiness: str) -> bool:
    return (event.node, event.phase, event.readiness) == ("node1", phase, readiness)


def test_events_are_followed_and_gone_on_with(client: AuthenticatedClient) -> None:
    configured(client, "followed")
    events = follow(client, node="node1", module="followed")
    assert next(events).kind == "stream_opened"
    expect(start_module_on_node.sync_detailed("node1", "followed", client=client))
    up = next(event for event in events if is_in(event, "UP", "Ready"))
    events.close()
    expect(stop_module_on_node.sync_detailed("node1", "followed", client=client))
    missed = follow(client, module="followed", after=f"node1={up.id}")
    assert (
        next(event for event in missed if is_in(event, "STOP", "NotReady")).level
        == "normal"
    )


def test_events_are_followed_by_asyncio_too(client: AuthenticatedClient) -> None:
    async def silent() -> FeedEvent:
        # The second node of this cluster does not run.
        async with aclosing(follow_async(client)) as events:
            async for event in events:
                if event.kind == "node_unreachable":
                    return event
        raise AssertionError

    assert asyncio.run(silent()).node == "node2"


def test_a_sign_of_life_is_no_event() -> None:
    def event(number: int) -> str:
        text = f'"id": "1-{number}", "at": "2026-11-23T02:00:00.000Z", "node": "node1", "kind": "message_written"'
        data = f'{{{text}, "level": "normal", "message": "{number}"}}'
        return f"id: 1-{number}\ndata: {data}\n\n"

    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=headers, text=event(1) + ": \n\n" + event(2))

    client = AuthenticatedClient(base_url=URL, token="none")
    transport = httpx.MockTransport(answer)
    client.set_httpx_client(httpx.Client(base_url=URL, transport=transport))
    events = follow(client)
    assert [next(events).message for _ in range(2)] == ["1", "2"]


def test_a_place_that_is_none_is_refused(client: AuthenticatedClient) -> None:
    with pytest.raises(ProblemError, match="4-17"):
        next(follow(client, after="yesterday"))


def test_a_server_of_another_authority_is_not_talked_to() -> None:
    with pytest.raises(httpx.ConnectError, match="certificate"):
        connect(URL, USER, PASSWORD, ca=certifi.where())
