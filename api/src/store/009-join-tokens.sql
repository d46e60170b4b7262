-- What lets a machine join as a node, once. Only digests are kept.
CREATE TABLE join_tokens (
    node TEXT PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    -- In seconds since 1970
    expires_at INTEGER NOT NULL
) STRICT;
