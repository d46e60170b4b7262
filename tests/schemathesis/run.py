"""Checks a running node against its own document: for each role, and for who has no token.

Called by tests/schema, which starts the node and says where it is.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import requests

HERE = Path(__file__).parent
URL = os.environ["EVENKEEL_URL"]
CA = os.environ["EVENKEEL_CA"]

ROLES = ("monitor", "control", "admin")

# What is not asked with a role's token; without one, all of it is.
LEFT_OUT = {
    "follow_events": "its answer has no end; api/tests/api/events.rs reads it",
    "follow_node_events": "its answer has no end; api/tests/api/events.rs reads it",
    "login": "it takes no token, and failed logins from here would hold up those of the run",
}

# Without a limit of restarts in a program's name, which would stop it.
MODULE = {
    "userconfig": '<safe><service mode="light" loop_interval="0"><user/></service></safe>',
    "scripts": {"start_both": "#!/bin/sh\n", "stop_both": "#!/bin/sh\n"},
}


class Node:
    """The node, asked as its administrator."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.verify = CA
        self.session.trust_env = False
        login = {
            "user": os.environ["EVENKEEL_USER"],
            "password": os.environ["EVENKEEL_PASSWORD"],
        }
        self.session.headers["Authorization"] = (
            "Bearer " + self.ask("POST", "/v1/login", login)["token"]
        )

    def ask(self, method: str, path: str, body: object = None) -> dict:
        """Sends a request that has to succeed."""
        answer = self.session.request(method, URL + path, json=body, timeout=30)
        if not answer.ok:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    def script_log(self) -> str:
        """The name of the newest output of a script; the oldest go."""
        logs = self.ask("GET", "/v1/nodes/self/modules/web/script-logs")["logs"]
        return logs[-1]["name"]

    def stop_idle(self) -> None:
        """Has the module that is to be started stopped, however the role before left it."""
        idle = "/v1/nodes/self/modules/idle"
        if self.ask("GET", idle)["phase"] != "STOP":
            self.ask("POST", f"{idle}/stop")
        self.ask("GET", f"{idle}/wait?phase=STOP&readiness=NotReady")

    def start_forced(self) -> None:
        """Has the modules that are to be stopped by force running."""
        for module in ("forced", "forced-here"):
            path = f"/v1/nodes/self/modules/{module}"
            if self.ask("GET", path)["phase"] == "STOP":
                self.ask("POST", f"{path}/start")
            self.ask("GET", f"{path}/wait?phase=UP&readiness=Ready")

    def prepare(self, users: dict[str, str], password: str) -> None:
        """Has users of each role, and modules, one of which serves."""
        for role, name in users.items():
            self.ask(
                "POST", "/v1/users", {"name": name, "password": password, "role": role}
            )
        self.ask(
            "POST",
            "/v1/users",
            {"name": "leaver", "password": password, "role": "monitor"},
        )
        for key in ("rotated", "leaver", "leaver-here"):
            self.ask("POST", "/v1/api-keys", {"name": key, "role": "monitor"})
        for hook in ("rotated", "leaver", "leaver-here"):
            # Nobody listens there.
            settings = {"url": "http://127.0.0.1:9/"}
            self.ask("PUT", f"/v1/webhooks/{hook}", settings)
        for module in ("web", "idle", "gone", "gone-here", "forced", "forced-here"):
            self.ask("PUT", f"/v1/modules/{module}", MODULE)
        web = "/v1/nodes/self/modules/web"
        self.ask("POST", f"{web}/start")
        self.ask("GET", f"{web}/wait?phase=UP&readiness=Ready")


def check(role: str, environment: dict[str, str], folder: str) -> bool:
    """One run of schemathesis; true when it found nothing."""
    examples, seed = sys.argv[1:]
    node = Node()
    node.stop_idle()
    node.start_forced()
    left_out = LEFT_OUT if "SCHEMA_USER" in environment else {}
    arguments = [f"--exclude-operation-id={operation}" for operation in left_out]
    arguments += [
        "--max-examples",
        examples,
        "--seed",
        seed,
        "--tls-verify",
        CA,
        "--warnings",
        "off",
    ]
    print(f"== {role}: {examples} examples per operation, seed {seed}", flush=True)
    done = subprocess.run(
        [
            "schemathesis",
            "--config-file",
            HERE / "schemathesis.toml",
            "run",
            *arguments,
            URL + "/openapi.json",
        ],
        env=os.environ
        | environment
        | {
            "SCHEMA_ROLE": role,
            "SCHEMA_SCRIPT_LOG": node.script_log(),
            "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
        },
        cwd=folder,
        check=False,
    )
    return done.returncode == 0


def main() -> int:
    """Asks as each role, then without a token."""
    password = secrets.token_urlsafe(18)
    users = {role: f"schema-{role}" for role in ROLES}
    names = [os.environ["EVENKEEL_USER"], *users.values()]
    kept = {"SCHEMA_KEPT_USERS": ",".join(names)}
    Node().prepare(users, password)
    with tempfile.TemporaryDirectory() as folder:
        results = {}
        for role, name in users.items():
            user = {"SCHEMA_USER": name, "SCHEMA_PASSWORD": password}
            results[role] = check(role, kept | user, folder)
        # Last, because it tries passwords until the node lets nobody log in from here for a while.
        results["no token"] = check("no token", kept, folder)
    for role, good in results.items():
        print(f"{role}: {'nothing found' if good else 'FAILED'}")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
