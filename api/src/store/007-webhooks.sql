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
