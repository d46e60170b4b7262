// The client against a running node; `clients/typescript/test/run` starts one and says where it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { after, before, test } from "node:test";

import {
  type Evenkeel,
  type FeedEvent,
  type Follow,
  ProblemError,
  connect,
  expect,
  follow,
} from "@evenkeel/client";

import { setting } from "./setting.js";

const url = setting("EVENKEEL_URL");
const user = setting("EVENKEEL_USER");
const password = setting("EVENKEEL_PASSWORD");
const ca = readFileSync(setting("EVENKEEL_CA"));

let evenkeel: Evenkeel;
before(async () => {
  evenkeel = await connect({ url, user, password, ca });
});
after(() => evenkeel.close());

test("login gives a client with the user's role", async () => {
  const caller = expect(await evenkeel.GET("/v1/whoami"));
  assert.deepEqual([caller.user, caller.role], [user, "admin"]);
});

test("the cluster is read as typed data", async () => {
  const cluster = expect(await evenkeel.GET("/v1/cluster"));
  const alive = Object.fromEntries(cluster.nodes.map((node) => [node.name, node.alive]));
  assert.deepEqual(alive, { node1: true, node2: false });
});

test("a problem of an operation is thrown with its type", async () => {
  const path = { module: "web" };
  const start = evenkeel.POST("/v1/modules/{module}/start", { params: { path }, body: {} });
  await assert.rejects(start.then(expect), (error: unknown) => {
    assert(error instanceof ProblemError);
    assert.equal(error.problem.type, "/problems/unknown-module");
    return true;
  });
});

test("a wrong password is a problem and no client", async () => {
  const login = connect({ url, user: "nobody", password: "wrong password", ca });
  await assert.rejects(login, (error: unknown) => {
    assert(error instanceof ProblemError);
    assert.equal(error.problem.status, 401);
    return true;
  });
});

/** How often somebody logged in at the node. */
async function logins(): Promise<number> {
  const params = { path: { node: "node1" }, query: { limit: 1000 } };
  const trail = expect(await evenkeel.GET("/v1/nodes/{node}/audit", { params }));
  return trail.entries.filter((entry) => entry.operation === "login").length;
}

test("a client logs in anew before its token ends", async () => {
  const mine = await connect({ url, user, password, ca, renewAfterMs: 0 });
  const before = await logins();
  for (let asked = 0; asked < 2; asked += 1) {
    assert.equal(expect(await mine.GET("/v1/whoami")).user, user);
  }
  assert.equal(await logins(), before + 2);
  await mine.close();
});

test("a program needs no login with an API key", async () => {
  const body = { name: "node-test", role: "monitor" } as const;
  const made = expect(await evenkeel.POST("/v1/api-keys", { body }));
  const mine = await connect({ url, key: made.key, ca });
  assert.equal(expect(await mine.GET("/v1/whoami")).user, "key:node-test");
  await mine.close();
});

test("events are followed and gone on with", async () => {
  const path = { module: "followed-by-typescript" };
  const script = "#!/bin/sh\n";
  const body = {
    userconfig: '<safe><service mode="light"><user/></service></safe>',
    scripts: { start_both: script, stop_both: script },
  };
  expect(await evenkeel.PUT("/v1/modules/{module}", { params: { path }, body }));
  const upTo = async (wanted: Follow, phase: string, readiness: string): Promise<FeedEvent> => {
    for await (const event of follow(evenkeel, { ...wanted, ...path })) {
      if (event.kind === "stream_opened" && wanted.after === undefined) {
        expect(await evenkeel.POST("/v1/modules/{module}/start", { params: { path }, body: {} }));
      }
      if (event.phase === phase && event.readiness === readiness) return event;
    }
    return assert.fail("a stream does not end");
  };
  const up = await upTo({ node: "node1" }, "UP", "Ready");
  assert.deepEqual([up.node, up.kind, up.module], ["node1", "state_changed", path.module]);
  expect(await evenkeel.POST("/v1/modules/{module}/stop", { params: { path }, body: {} }));
  const stopped = await upTo({ after: `node1=${up.id}` }, "STOP", "NotReady");
  assert.equal(stopped.node, "node1");
});

test("a place that is none is refused, and a signal ends a stream", async () => {
  await assert.rejects(follow(evenkeel, { after: "yesterday" }).next(), ProblemError);
  const controller = new AbortController();
  for await (const event of follow(evenkeel, { node: "node1", signal: controller.signal })) {
    assert.equal(event.kind, "stream_opened");
    controller.abort();
  }
});

test("a server of another authority is not talked to", async () => {
  const other = rootCertificates[0] ?? assert.fail("Node has no authorities");
  await assert.rejects(connect({ url, user, password, ca: other }), TypeError);
});
