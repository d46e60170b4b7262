// A server of another authority, which claims whatever it likes and writes down all that it is sent.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Somebody else's certificate and key (PEM). */
export interface Pair {
  cert: string;
  key: string;
}

export function makePair(): Pair {
  const folder = mkdtempSync(join(tmpdir(), "impostor-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const make = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 1 -subj /CN=impostor";
  const names = ["-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    execFileSync("openssl", [...make.split(" "), ...names, "-keyout", key, "-out", cert], { stdio: "pipe" });
    return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Says that `certificate` is its authority while `use` talks to it; gives all that it was sent. */
export async function impostor(
  pair: Pair,
  certificate: string,
  use: (url: string) => Promise<void>,
): Promise<string[]> {
  const heard: string[] = [];
  const server = createServer(pair, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ certificate, fingerprint: "" }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await use(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return heard;
}
