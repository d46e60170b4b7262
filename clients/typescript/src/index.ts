// Client of the Evenkeel API: log in over TLS with the cluster's own CA, then typed operations.
//
// The types in schema.d.ts are generated from the OpenAPI document; events are in follow.ts.

import createClient, { type Client } from "openapi-fetch";
import { Agent, Request, fetch } from "undici";

import type { components, paths } from "./schema.js";

export { type FeedEvent, type Follow, follow } from "./follow.js";
export type { components, paths } from "./schema.js";

const LOGIN = "/v1/login";

/** Milliseconds after which a token is renewed. */
const RENEW_AFTER_MS = 600_000;

/** What went wrong, as RFC 9457 has it; `type` is one of a closed list. */
export type Problem = components["schemas"]["Problem"];

/** The node answered with a problem. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "ProblemError";
  }
}

/** A node, and whom to trust. */
interface Node {
  /** Address of any node, such as `https://192.0.2.1:9453`. */
  url: string;
  /** Certificate of the cluster's CA (PEM): the only authority that is trusted. */
  ca: string | Buffer;
}

/** Where to log in, and as whom. */
export interface Login extends Node {
  user: string;
  password: string;
  /** Milliseconds after which a token, which lives for 15 minutes, is renewed; 10 minutes when absent. */
  renewAfterMs?: number;
}

/** The API key of a program, in place of a login. */
export interface Key extends Node {
  key: string;
}

/** A client that is logged in. */
export type Evenkeel = Client<paths> & {
  /** Ends the connections, so that the program can end. */
  close(): Promise<void>;
};

/**
 * Logs in at a node, or goes with an API key. The client logs in anew before its token ends.
 *
 * Throws `ProblemError` where the node refuses the login, `TypeError` where it cannot be reached or shows a
 * certificate of another authority. A key is looked at by the first operation.
 */
export async function connect(as: Login | Key): Promise<Evenkeel> {
  const dispatcher = new Agent({ connect: { ca: as.ca, minVersion: "TLSv1.3" } });
  // Request and fetch are of the same library as the agent: those of Node may be of another version.
  const client = createClient<paths>({
    baseUrl: as.url,
    fetch: fetch as unknown as typeof globalThis.fetch,
    Request: Request as unknown as typeof globalThis.Request,
    requestInitExt: { dispatcher },
  });
  const token = "key" in as ? async () => as.key : renewing(client, as);
  try {
    await token();
  } catch (error) {
    await dispatcher.close();
    throw error;
  }
  client.use({
    async onRequest({ request, schemaPath }) {
      if (schemaPath !== LOGIN) {
        request.headers.set("authorization", `Bearer ${await token()}`);
      }
      return request;
    },
  });
  return Object.assign(client, { close: () => dispatcher.close() });
}

/** A token that is good for some minutes yet, whenever it is asked for. */
function renewing(client: Client<paths>, login: Login): () => Promise<string> {
  const { user, password, renewAfterMs = RENEW_AFTER_MS } = login;
  let token: Promise<string> | undefined;
  let since = 0;
  return () => {
    if (token === undefined || Date.now() - since >= renewAfterMs) {
      since = Date.now();
      const renewed = client.POST(LOGIN, { body: { user, password } }).then((answer) => expect(answer).token);
      // One that failed is not the answer to all that follow.
      renewed.catch(() => (token = undefined));
      token = renewed;
    }
    return token;
  };
}

/** What a call answered; a problem is thrown as `ProblemError`. */
export function expect<T>(answer: { data?: T; error?: Problem; response: unknown }): T {
  if (answer.error !== undefined) {
    throw new ProblemError(answer.error);
  }
  return answer.data as T;
}
