// How Node reaches a cluster: over TLS with the cluster's own CA, whose certificate a fingerprint may stand for.

import { X509Certificate, createHash, timingSafeEqual } from "node:crypto";

import createClient from "openapi-fetch";
import { Agent, Request, fetch } from "undici";

import type { paths } from "./schema.js";
import { type Transport, expect } from "./session.js";

/** Milliseconds for the answer of who may be anybody. */
const ANSWER_MS = 30_000;

/** Whom to trust, and nobody else: the system's authorities are not asked. */
export type Trust =
  | {
      /** Certificate of the cluster's CA (PEM). */
      ca: string | Buffer;
      fingerprint?: undefined;
    }
  | {
      /** SHA-256 of that certificate, as `evenkeel init` prints it; colons and case do not matter. */
      fingerprint: string;
      ca?: undefined;
    };

/** The fingerprint is none, or the node is not of the cluster whose CA has it; no secret was sent. */
export class AuthorityError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AuthorityError";
  }
}

/** Connections to nodes of this CA alone. */
export async function trusting(url: string, trust: Trust): Promise<Transport> {
  const ca = trust.ca ?? (await authority(url, trust.fingerprint));
  return transport({ ca });
}

/**
 * The certificate of the cluster's CA, which has this fingerprint.
 *
 * The node is asked over a connection that nothing vouches for yet and that carries no secret.
 */
async function authority(url: string, fingerprint: string): Promise<string> {
  const pinned = digits(fingerprint);
  const { options, close } = transport({ rejectUnauthorized: false });
  try {
    const anybody = createClient<paths>({ ...options, baseUrl: url, redirect: "error" });
    const answer = await anybody.GET("/v1/authority", { signal: AbortSignal.timeout(ANSWER_MS) });
    const certificate = read(expect(answer).certificate);
    const found = createHash("sha256").update(certificate.raw).digest();
    if (!timingSafeEqual(found, pinned)) {
      throw new AuthorityError(
        `the node's authority has the fingerprint ${certificate.fingerprint256}, not ${fingerprint}: ` +
          "it is not of this cluster, or somebody stands between; nothing was sent to it",
      );
    }
    // Exactly the certificate that was compared, whatever else came with it.
    return certificate.toString();
  } finally {
    await close();
  }
}

function read(certificate: string): X509Certificate {
  try {
    return new X509Certificate(certificate);
  } catch {
    throw new AuthorityError("the node sent no certificate of its cluster's CA");
  }
}

function digits(fingerprint: string): Buffer {
  const text = fingerprint.trim().replaceAll(":", "");
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new AuthorityError(
      `"${fingerprint}" is no fingerprint: SHA-256 has 64 hexadecimal digits, as in AB:CD:… that evenkeel init prints`,
    );
  }
  return Buffer.from(text, "hex");
}

function transport(tls: { ca: string | Buffer } | { rejectUnauthorized: false }): Transport {
  const dispatcher = new Agent({ connect: { ...tls, minVersion: "TLSv1.3" } });
  // Request and fetch are of the same library as the agent: those of Node may be of another version.
  const options = {
    fetch: fetch as unknown as typeof globalThis.fetch,
    Request: Request as unknown as typeof globalThis.Request,
    requestInitExt: { dispatcher },
  };
  return { options, close: () => dispatcher.close() };
}
