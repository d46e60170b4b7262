// A page that uses the client in a browser, and tells who served it what came of it.

import { ProblemError, connect, expect, follow } from "@evenkeel/client/browser";

/** What the page did. */
export interface Result {
  user: string;
  modules: string[];
  etag: string | null;
  up: string | undefined;
  problem: string;
}

const path = { module: "made-in-a-browser" };

async function use(settings: Record<"url" | "user" | "password", string>): Promise<Result> {
  // Renewed before each request.
  const evenkeel = await connect({ ...settings, renewAfterMs: 0 });
  const script = "#!/bin/sh\n";
  const body = {
    userconfig: '<safe><service mode="light"><user/></service></safe>',
    scripts: { start_both: script, stop_both: script },
  };
  expect(await evenkeel.PUT("/v1/modules/{module}", { params: { path }, body }));
  const { modules } = expect(await evenkeel.GET("/v1/modules"));
  const config = await evenkeel.GET("/v1/modules/{module}/config", { params: { path } });
  let up;
  for await (const event of follow(evenkeel, path)) {
    if (event.kind === "stream_opened" && event.node === "node1") {
      expect(await evenkeel.POST("/v1/modules/{module}/start", { params: { path }, body: {} }));
    }
    if (event.phase === "UP" && event.readiness === "Ready") {
      up = event.node;
      break;
    }
  }
  const { user } = expect(await evenkeel.GET("/v1/whoami"));
  const etag = config.response.headers.get("etag");
  const names = modules.map(({ module }) => module);
  return { user, modules: names, etag, up, problem: await problem(evenkeel) };
}

/** The problem that starting a module is answered with which there is not. */
async function problem(evenkeel: Awaited<ReturnType<typeof connect>>): Promise<string> {
  const params = { path: { module: "nowhere" } };
  const start = evenkeel.POST("/v1/modules/{module}/start", { params, body: {} });
  return start.then(expect).then(
    () => "none",
    (error: unknown) => (error instanceof ProblemError ? error.problem.type : String(error)),
  );
}

const settings = await (await fetch("/settings")).json();
const result = await use(settings).catch((error: unknown) => String(error));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
