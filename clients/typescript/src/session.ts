// What the clients for Node and for browsers share: logging in, renewing, problems.

import createClient, { type Client, type ClientOptions } from "openapi-fetch";

import type { components, paths } from "./schema.js";

/** Paths that are asked without a token. */
const OPEN = ["/v1/login", "/v1/authority"];

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

/** Where to log in, and as whom. */
export interface Login {
  /** Address of any node, such as `https://192.0.2.1:9453`. */
  url: string;
  user: string;
  password: string;
  /** Milliseconds after which a token, which lives for 15 minutes, is renewed; 10 minutes when absent. */
  renewAfterMs?: number;
}

/** The API key of a program, in place of a login. */
export interface Key {
  /** Address of any node, such as `https://192.0.2.1:9453`. */
  url: string;
  key: string;
}

/** A client that is logged in. */
export type Evenkeel = Client<paths> & {
  /** Ends the connections, so that the program can end. */
  close(): Promise<void>;
};

/** How nodes are reached. */
export interface Transport {
  options: ClientOptions;
  close(): Promise<void>;
}

/** A client by this transport, which logs in anew before its token ends. */
export async function session(as: Login | Key, { options, close }: Transport): Promise<Evenkeel> {
  const client = createClient<paths>({ ...options, baseUrl: as.url });
  const token = "key" in as ? async () => as.key : renewing(client, as);
  try {
    await token();
  } catch (error) {
    await close();
    throw error;
  }
  client.use({
    async onRequest({ request, schemaPath }) {
      if (!OPEN.includes(schemaPath)) {
        request.headers.set("authorization", `Bearer ${await token()}`);
      }
      return request;
    },
  });
  return Object.assign(client, { close });
}

/** A token that is good for some minutes yet, whenever it is asked for. */
function renewing(client: Client<paths>, login: Login): () => Promise<string> {
  const { user, password, renewAfterMs = RENEW_AFTER_MS } = login;
  let token: Promise<string> | undefined;
  let since = 0;
  return () => {
    if (token === undefined || Date.now() - since >= renewAfterMs) {
      since = Date.now();
      const body = { user, password };
      const renewed = client.POST("/v1/login", { body }).then((answer) => expect(answer).token);
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
