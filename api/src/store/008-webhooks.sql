-- Who is told of events. The secrets that sign are sealed with a key that is in the node's file of secrets, so
-- that this file alone gives none away.
CREATE TABLE webhooks (
    name TEXT PRIMARY KEY,
    -- JSON, without the secret
    settings TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    secret TEXT NOT NULL,
    -- The secret that it replaced, and until when it signs, too, in seconds since 1970
    former_secret TEXT,
    former_until INTEGER
) STRICT;
-- What all nodes are to have alike: webhooks as well as users and API keys.
CREATE TABLE records (
    kind TEXT NOT NULL CHECK (kind IN ('user', 'api-key', 'webhook')),
    name TEXT NOT NULL,
    -- Counts the changes
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
    PRIMARY KEY (kind, name)
) STRICT;
INSERT INTO records (kind, name, version, changed_at, removed)
SELECT kind, name, version, changed_at, removed FROM accounts;
DROP TABLE accounts;
