// Client of the Evenkeel API for Node: log in over TLS with the cluster's own CA, then typed operations.
//
// The types in schema.d.ts are generated from the OpenAPI document; browser.ts is the same for browsers.

import { type Evenkeel, type Key, type Login, session } from "./session.js";
import { type Trust, trusting } from "./tls.js";

export { type FeedEvent, type Follow, follow } from "./follow.js";
export type { components, paths } from "./schema.js";
export { type Evenkeel, type Key, type Login, type Problem, ProblemError, expect } from "./session.js";
export { AuthorityError, type Trust } from "./tls.js";

/**
 * Logs in at a node, or goes with an API key. The client logs in anew before its token ends.
 *
 * Throws `ProblemError` where the node refuses the login, `AuthorityError` where it is not of the CA with this
 * fingerprint, `TypeError` where it cannot be reached or shows a certificate of another authority. A key is
 * looked at by the first operation.
 */
export async function connect(as: (Login | Key) & Trust): Promise<Evenkeel> {
  return session(as, await trusting(as.url, as));
}
