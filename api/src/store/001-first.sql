-- The first shape of the store. Instants are RFC 3339 in UTC.
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE users (
    name TEXT PRIMARY KEY,
    -- argon2id, as a PHC string
    phc TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'control', 'monitor')),
    created_at TEXT NOT NULL
) STRICT;

-- Tokens of a user issued at or before this second are refused.
CREATE TABLE revocations (
    user TEXT PRIMARY KEY,
    at_seconds INTEGER NOT NULL
) STRICT;

-- The latest revision of a module is its configuration; older ones are kept for comparison.
CREATE TABLE revisions (
    module TEXT NOT NULL,
    revision INTEGER NOT NULL,
    signature TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    applied_by TEXT NOT NULL,
    userconfig TEXT NOT NULL,
    -- JSON objects of strings
    macros TEXT NOT NULL,
    scripts TEXT NOT NULL,
    PRIMARY KEY (module, revision)
) STRICT;

CREATE TABLE module_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    module TEXT NOT NULL,
    at TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX module_log_module ON module_log (module, id);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    caller TEXT NOT NULL,
    operation TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
-- Append-only: the file's owner can still replace the file, but no statement of the daemon can.
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
