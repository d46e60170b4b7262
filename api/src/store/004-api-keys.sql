-- Keys of programs. Of a key only its SHA-256 is kept, in hexadecimal digits: it is 256 random bits, so
-- nobody finds it by trying.
CREATE TABLE api_keys (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('admin', 'control', 'monitor')),
    -- JSON array of names; NULL: all modules, and what belongs to none
    modules TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    -- Seconds since 1970
    expires_at INTEGER NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    -- The key that this one replaces, and until when it is good too
    former_digest TEXT,
    former_until INTEGER
) STRICT;
CREATE INDEX api_keys_former ON api_keys (former_digest);
