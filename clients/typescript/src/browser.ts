// Client of the Evenkeel API for browsers: log in, then typed operations. Whom to trust is the browser's to know.
//
// A node lets pages of other origins in where it is told to: `evenkeel serve --allow-origin ORIGIN`.

import { type Evenkeel, type Key, type Login, session } from "./session.js";

export { type FeedEvent, type Follow, follow } from "./follow.js";
export type { components, paths } from "./schema.js";
export { type Evenkeel, type Key, type Login, type Problem, ProblemError, expect } from "./session.js";

/**
 * Logs in at a node, or goes with an API key. The client logs in anew before its token ends.
 *
 * Throws `ProblemError` where the node refuses the login, `TypeError` where it cannot be reached, the browser does
 * not trust it, or it does not let pages of this origin in. A key is looked at by the first operation.
 */
export async function connect(as: Login | Key): Promise<Evenkeel> {
  return session(as, { options: {}, close: async () => undefined });
}
