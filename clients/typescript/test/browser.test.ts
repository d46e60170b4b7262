// The client in headless Chromium: on a page of an origin that the node lets in, and on one of another.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { connect } from "node:tls";

import type { Result } from "./page.js";
import { setting } from "./setting.js";

const url = new URL(setting("EVENKEEL_URL"));
const user = setting("EVENKEEL_USER");
const password = setting("EVENKEEL_PASSWORD");
const ca = readFileSync(setting("EVENKEEL_CA"));
/** The origin that the node lets in. */
const origin = new URL(setting("EVENKEEL_PAGE_ORIGIN"));
const program = readFileSync(setting("EVENKEEL_PAGE"));

/** Ends a browser that hangs; nothing is measured by it. */
const PATIENCE_MS = 120_000;

/** Empty where there is none, which the run says loudly. */
const browser = setting("EVENKEEL_BROWSER");
const skip = browser === "" && "chromium is not on this machine";

/** SHA-256 of the node's key, by which the browser knows it: of the cluster's CA it has not heard. */
function nodesKey(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), ca }, () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
      socket.destroy();
      resolve(createHash("sha256").update(key ?? assert.fail("no certificate")).digest("base64"));
    });
    socket.on("error", reject);
  });
}

/** Serves the page at this port of loopback, any for 0, and gives what it told when `look` had opened it. */
async function told(port: number, look: (page: string) => ChildProcess): Promise<unknown> {
  let tell: (result: unknown) => void;
  const result = new Promise<unknown>((resolve) => (tell = resolve));
  const files: Record<string, [string, string | Buffer]> = {
    "/": ["text/html", '<!doctype html><script type="module" src="/page.js"></script>'],
    "/page.js": ["text/javascript", program],
    "/settings": ["application/json", JSON.stringify({ url: url.origin, user, password })],
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const [type, content] = files[request.url ?? ""] ?? ["text/plain", ""];
      response.setHeader("content-type", type).end(content);
      if (request.url === "/result") tell(JSON.parse(body));
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const looking = look(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  // Closed, not exited: it comes as well where nothing could be started.
  const ended = new Promise<void>((closed) => looking.on("close", closed));
  looking.on("error", () => undefined);
  const late = setTimeout(() => looking.kill(), PATIENCE_MS);
  try {
    const early = ended.then(() => assert.fail("the browser ended before the page was done"));
    return await Promise.race([result, early]);
  } finally {
    clearTimeout(late);
    looking.kill();
    await ended;
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

async function inBrowser(port: number): Promise<unknown> {
  const profile = mkdtempSync(join(tmpdir(), "evenkeel-browser-"));
  const key = await nodesKey();
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const trust = [`--user-data-dir=${profile}`, `--ignore-certificate-errors-spki-list=${key}`];
  try {
    return await told(port, (page) => {
      // The kernel ends the browser when the test is killed.
      const command = ["--pdeathsig", "KILL", browser, ...flags, ...trust, page];
      return spawn("setpriv", command, { stdio: "ignore" });
    });
  } finally {
    // Its last processes end a moment after the first one.
    await rm(profile, { recursive: true, maxRetries: 20, retryDelay: 100 });
  }
}

test("a page logs in, makes a module, follows its events and hears a problem", { skip }, async () => {
  const result = (await inBrowser(Number(origin.port))) as Result;
  assert.match(result.etag ?? String(result), /^"1-/);
  assert.deepEqual(result, {
    user,
    modules: ["made-in-a-browser"],
    etag: result.etag,
    up: "node1",
    problem: "/problems/unknown-module",
  });
});

test("a page of another origin is kept out", { skip }, async () => {
  assert.match(String(await inBrowser(0)), /^TypeError/);
});
