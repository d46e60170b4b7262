// The client against a running node; `clients/typescript/test/run` starts one and says where it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { after, before, test } from "node:test";

import { type Evenkeel, ProblemError, connect, expect } from "../src/index.js";

const setting = (name: string): string => process.env[name] ?? assert.fail(`${name} is not set`);
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

test("a server of another authority is not talked to", async () => {
  const other = rootCertificates[0] ?? assert.fail("Node has no authorities");
  await assert.rejects(connect({ url, user, password, ca: other }), TypeError);
});
