-- What a node has to remember of a module for the start of its machine.
CREATE TABLE module_boot (
    module TEXT PRIMARY KEY,
    -- 1: the last command was no stop by somebody, so it is to be up
    started INTEGER NOT NULL DEFAULT 0 CHECK (started IN (0, 1)),
    -- the switch of boot="ignore"
    enabled INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1))
) STRICT;
