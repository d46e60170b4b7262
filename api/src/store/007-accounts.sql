-- Users and API keys as all nodes are to have them: which change of each is the latest here, removals
-- included, so that a node that was away for one takes it and does not bring back what is gone.
CREATE TABLE accounts (
    kind TEXT NOT NULL CHECK (kind IN ('user', 'api-key')),
    name TEXT NOT NULL,
    -- Counts the changes
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
    PRIMARY KEY (kind, name)
) STRICT;
INSERT INTO accounts (kind, name, version, changed_at, removed)
SELECT 'user', name, 1, created_at, 0 FROM users;
INSERT INTO accounts (kind, name, version, changed_at, removed)
SELECT 'api-key', name, 1, created_at, 0 FROM api_keys;
