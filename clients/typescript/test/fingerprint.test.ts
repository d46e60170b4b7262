// Trust by fingerprint: a node of the cluster is talked to, an impostor hears no secret.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { AuthorityError, connect, expect } from "@evenkeel/client";

import { impostor, makePair } from "./impostor.js";
import { setting } from "./setting.js";

const url = setting("EVENKEEL_URL");
const user = setting("EVENKEEL_USER");
const password = setting("EVENKEEL_PASSWORD");
const fingerprint = setting("EVENKEEL_FINGERPRINT");
const clusters = readFileSync(setting("EVENKEEL_CA"), "utf8");

test("the fingerprint that init prints is enough", async () => {
  for (const written of [fingerprint, fingerprint.toLowerCase(), fingerprint.replaceAll(":", "")]) {
    const evenkeel = await connect({ url, user, password, fingerprint: written });
    assert.equal(expect(await evenkeel.GET("/v1/whoami")).user, user);
    await evenkeel.close();
  }
});

test("a node of another authority is refused", async () => {
  const other = Array<string>(32).fill("AB").join(":");
  await assert.rejects(connect({ url, user, password, fingerprint: other }), (error: unknown) => {
    assert(error instanceof AuthorityError);
    assert.match(error.message, new RegExp(`${fingerprint}, not ${other}`));
    return true;
  });
});

test("an impostor hears no secret, whatever it claims", async () => {
  const pair = makePair();
  for (const claimed of [pair.cert, clusters, clusters + pair.cert, ""]) {
    const heard = await impostor(pair, claimed, async (url) => {
      const refused = (error: unknown) => error instanceof AuthorityError || error instanceof TypeError;
      await assert.rejects(connect({ url, user, password, fingerprint }), refused);
      const byKey = connect({ url, key: "evk_secret", fingerprint }).then((evenkeel) =>
        evenkeel.GET("/v1/whoami").finally(() => evenkeel.close()),
      );
      await assert.rejects(byKey, refused);
    });
    assert.deepEqual(heard.map((request) => request.split(" ", 2)), Array(2).fill(["GET", "/v1/authority"]));
    const sent = heard.join("\n");
    assert(!sent.includes("authorization") && !sent.includes(password), sent);
  }
});

test("what is no fingerprint is told with what one is", async () => {
  for (const none of ["", "AB:CD", "no fingerprint", `${"AB:".repeat(32)}CD`]) {
    await assert.rejects(connect({ url, user, password, fingerprint: none }), (error: unknown) => {
      assert(error instanceof AuthorityError);
      assert.match(error.message, /64 hexadecimal digits/);
      return true;
    });
  }
});
