"""How schemathesis talks to the node: with whose token, and what its requests must not do to the run."""

import io
import os
import re
import uuid
import zipfile

import requests
import schemathesis
from hypothesis import strategies

URL = os.environ["EVENKEEL_URL"]
USER = os.environ.get("SCHEMA_USER")
PASSWORD = os.environ.get("SCHEMA_PASSWORD")

# The module web is to serve throughout: who stops, starts or removes it does so with another one.
INSTEAD_OF_WEB = {
    "start_module": "idle",
    "start_module_on_node": "idle",
    "stop_module": "idle",
    "stop_module_on_node": "idle",
    "forcestop_module": "forced",
    "forcestop_module_on_node": "forced-here",
    "delete_module": "gone",
    "delete_module_on_node": "gone-here",
    "configure_module": "fresh",
    "configure_module_json": "fresh",
    "configure_module_on_node": "fresh-here",
    "put_module_package": "packed",
}

# Modules that are for those operations alone, as the users and keys below are for theirs: another operation,
# which may have learned the name, would take it away.
RESERVED = (
    "idle",
    "forced",
    "forced-here",
    "gone",
    "gone-here",
    "fresh",
    "fresh-here",
    "packed",
)

# Another operation removes the user of the document's example before.
INSTEAD_OF_OPERATOR = {"delete_user": "leaver"}

# The same of the API key of the example, which may not be there yet.
INSTEAD_OF_KEY = {
    "rotate_api_key": "rotated",
    "delete_api_key": "leaver",
    "delete_api_key_on_node": "leaver-here",
}
KEY_EXAMPLE = "nightly-failover"

# And of the webhook of the example.
INSTEAD_OF_HOOK = {
    "rotate_webhook": "rotated",
    "get_webhook": "rotated",
    "get_webhook_on_node": "rotated",
    "delete_webhook": "leaver",
    "delete_webhook_on_node": "leaver-here",
}
HOOK_EXAMPLE = "pager"

# Nobody listens there: what a run sends stays on this machine.
HOOK_URL = "http://127.0.0.1:9/"
HOOK_URL_LEN_MAX = 2048
HOOK_CA_LEN_MAX = 65536

# The condition of the document's example, which holds for nothing here.
IF_MATCH_EXAMPLE = '"3-9f86d081884c7d65"'

# The output of a script that there is, in place of the one in the document's example.
SCRIPT_LOG = os.environ["SCHEMA_SCRIPT_LOG"]
SCRIPT_LOG_EXAMPLE = "userlog_2026-11-23T020000_start_both.ulog"

# Users whose password and role have to stay: the administrator and those of the run.
KEPT_USERS = os.environ["SCHEMA_KEPT_USERS"].split(",")

# A wait that is not over by then is cut short: what is waited for mostly does not come.
WAIT_MS = 50
WAIT_MS_MAX = 300_000

# Operations that cannot succeed here, each with its reason; every other one has to succeed once for the
# administrator, else a run would prove little.
NEVER_SUCCEED = {
    "drain_module": "a module without virtual addresses, which need root, cannot be drained",
    "drain_module_on_node": "the same",
    "roll_module": "the other node of the cluster does not run, and one has to serve meanwhile",
    "get_operation": "no operation begins here: see roll_module",
    "wait_for_operation": "the same",
    "cancel_operation": "the same",
    "join": "no token is good: the run knows none",
    "rotate_secret": "the other node of the cluster does not run, and every one has to take part",
    "add_node": "the same",
    "remove_node": "the same",
    "add_lan": "the same",
    "remove_lan": "the same",
    "change_cluster_at_node": "the same",
    "accept_cluster_on_node": "no text that is made up is a configuration after the one in force",
    "put_cluster_on_node": "the same",
    "expect_module_config_on_node": "no module that runs here could take what is made up",
    "create_module": "the templates have virtual addresses, which need root",
    "upgrade_daemon": "what treats packets in memory ends with its process",
    "cut_lan": "the node was not started for faults, which would be the run's",
    "freeze_daemon": "the same",
    "kill_daemon": "the same",
    "end_fault": "the same",
    "test_webhook": "nobody receives here",
    "test_webhook_on_node": "the same",
    "switch_traffic_on_node": "a module without virtual addresses, which need root, has no traffic to open",
    "get_buckets": "a module without virtual addresses, which need root, has no buckets",
    "get_flow_owner": "a module without virtual addresses, which need root, takes no flow",
}


if USER:

    @schemathesis.auth(refresh_interval=300)
    class Login:
        """Logs in before the token ends."""

        def get(
            self, _case: schemathesis.Case, _context: schemathesis.AuthContext
        ) -> str:
            answer = requests.post(
                f"{URL}/v1/login",
                json={"user": USER, "password": PASSWORD},
                verify=os.environ["EVENKEEL_CA"],
                timeout=30,
            )
            answer.raise_for_status()
            return answer.json()["token"]

        def set(
            self, case: schemathesis.Case, data: str, _context: schemathesis.AuthContext
        ) -> None:
            case.headers = case.headers or {}
            case.headers["Authorization"] = f"Bearer {data}"


def keep_here(settings: object) -> None:
    """Lets a webhook that would be taken lead nowhere else; what is to be refused stays as it is."""
    if not isinstance(settings, dict):
        return
    url, ca = settings.get("url"), settings.get("ca")
    if (
        isinstance(url, str)
        and re.match("https?://", url)
        and len(url) <= HOOK_URL_LEN_MAX
    ):
        settings["url"] = HOOK_URL
    # What is no certificate is refused by what it says, of which no schema knows.
    if isinstance(ca, str) and len(ca) <= HOOK_CA_LEN_MAX:
        del settings["ca"]


@schemathesis.hook
def before_call(
    _context: schemathesis.HookContext, case: schemathesis.Case, _kwargs: dict
) -> None:
    """Keeps a request from ending the run, from taking minutes, and from running texts as programs."""
    operation, path = case.operation.definition.raw["operationId"], case.path_parameters
    if path.get("user") in KEPT_USERS:
        path["user"] = "someone"
    if path.get("user") in ("operator", *INSTEAD_OF_OPERATOR.values()):
        path["user"] = INSTEAD_OF_OPERATOR.get(operation, "operator")
    if path.get("module") in RESERVED:
        path["module"] = "web"
    if path.get("module") == "web":
        path["module"] = INSTEAD_OF_WEB.get(operation, "web")
    if path.get("api_key") in (KEY_EXAMPLE, *INSTEAD_OF_KEY.values()):
        path["api_key"] = INSTEAD_OF_KEY.get(operation, KEY_EXAMPLE)
    if path.get("webhook") == HOOK_EXAMPLE:
        path["webhook"] = INSTEAD_OF_HOOK.get(operation, HOOK_EXAMPLE)
    if operation == "put_webhook":
        keep_here(case.body)
    if operation == "put_webhook_on_node" and isinstance(case.body, dict):
        keep_here(case.body.get("settings"))
    headers = case.headers or {}
    if headers.get("If-Match") == IF_MATCH_EXAMPLE:
        headers["If-Match"] = "*"
    # A key is good for one request: that it is refused for another one has a test of its own.
    if re.fullmatch("[!-~]{1,128}", headers.get("Idempotency-Key") or ""):
        headers["Idempotency-Key"] = uuid.uuid4().hex
    if path.get("log") == SCRIPT_LOG_EXAMPLE:
        path["log"] = SCRIPT_LOG
    if operation == "wait_for_module":
        wait = str(case.query.get("timeout_ms", WAIT_MS_MAX))
        if wait.isdecimal() and WAIT_MS < int(wait) <= WAIT_MS_MAX:
            case.query["timeout_ms"] = WAIT_MS
    if isinstance(case.body, dict) and isinstance(case.body.get("scripts"), dict):
        harmless = {
            name: "#!/bin/sh\n" if isinstance(text, str) else text
            for name, text in case.body["scripts"].items()
        }
        case.body["scripts"] = harmless


def package() -> bytes:
    """The package of a module that does nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as content:
        content.writestr(
            "conf/userconfig.xml",
            '<safe><service mode="light"><user/></service></safe>',
        )
        content.writestr("bin/start_both", "#!/bin/sh\n")
        content.writestr("bin/stop_both", "#!/bin/sh\n")
    return file.getvalue()


schemathesis.openapi.media_type(
    "application/zip", strategies.just(package()) | strategies.binary(max_size=64)
)


@schemathesis.check
class EveryOperationSucceedsOnce:
    """Fails a run in which an operation that can succeed never did: nothing was proved of it then."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.succeeded: set[str] = set()

    def after_response(
        self,
        _context: schemathesis.CheckContext,
        response: schemathesis.Response,
        case: schemathesis.Case,
    ) -> None:
        operation = case.operation.definition.raw["operationId"]
        self.asked.add(operation)
        if response.status_code < 300:
            self.succeeded.add(operation)

    def after_run(self, _context: schemathesis.CheckContext) -> None:
        never = self.asked - self.succeeded - NEVER_SUCCEED.keys()
        if os.environ["SCHEMA_ROLE"] == "admin" and never:
            raise AssertionError(
                "never answered with success: " + ", ".join(sorted(never))
            )
