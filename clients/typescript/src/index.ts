// Client of the Evenkeel API: log in over TLS with the cluster's own CA, then typed operations.
//
// The types in schema.d.ts are generated from the OpenAPI document; events are in follow.ts.

import createClient, { type Client } from "openapi-fetch";
import { Agent, Request, fetch } from "undici";

import type { components, paths } from "./schema.js";

export { type FeedEvent, type Follow, follow } from "./follow.js";
export type { components, paths } from "./schema.js";

/** What went wrong, as RFC 9457 has it; `type` is one of a closed list. */
export type Problem = components["schemas"]["Problem"];

/** The node answered with a problem. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "ProblemError";
  }
}

/** Where to log in, and as whom. */
export interface Login {
  /** Address of any node, such as `https://192.0.2.1:9443`. */
  url: string;
  user: string;
  password: string;
  /** Certificate of the cluster's CA (PEM): the only authority that is trusted. */
  ca: string | Buffer;
}

/** A client that is logged in. */
export type Evenkeel = Client<paths> & {
  /** Ends the connections, so that the program can end. */
  close(): Promise<void>;
};

/**
 * Logs in at a node. The token ends after 15 minutes; connect again before.
 *
 * Throws `ProblemError` where the node refuses, `TypeError` where it cannot be reached or shows a
 * certificate of another authority.
 */
export async function connect({ url, user, password, ca }: Login): Promise<Evenkeel> {
  const dispatcher = new Agent({ connect: { ca, minVersion: "TLSv1.3" } });
  // Request and fetch are of the same library as the agent: those of Node may be of another version.
  const client = createClient<paths>({
    baseUrl: url,
    fetch: fetch as unknown as typeof globalThis.fetch,
    Request: Request as unknown as typeof globalThis.Request,
    requestInitExt: { dispatcher },
  });
  try {
    const session = expect(await client.POST("/v1/login", { body: { user, password } }));
    client.use({
      onRequest({ request }) {
        request.headers.set("authorization", `Bearer ${session.token}`);
        return request;
      },
    });
  } catch (error) {
    await dispatcher.close();
    throw error;
  }
  return Object.assign(client, { close: () => dispatcher.close() });
}

/** What a call answered; a problem is thrown as `ProblemError`. */
export function expect<T>(answer: { data?: T; error?: Problem; response: unknown }): T {
  if (answer.error !== undefined) {
    throw new ProblemError(answer.error);
  }
  return answer.data as T;
}
