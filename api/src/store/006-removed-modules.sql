-- Modules that were removed, with the revision that the removal counts as: a node that was away for it must
-- not bring the module back.
CREATE TABLE removed_modules (
    module TEXT PRIMARY KEY,
    revision INTEGER NOT NULL
) STRICT;
