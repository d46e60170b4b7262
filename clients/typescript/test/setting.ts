// What the run tells the tests.

import assert from "node:assert/strict";

/** A variable of the environment that has to be there. */
export const setting = (name: string): string => process.env[name] ?? assert.fail(`${name} is not set`);
