-- Which checks of a module are switched on here; a module that is not named has all of them on.
CREATE TABLE module_checks (
    module TEXT PRIMARY KEY,
    checkers INTEGER NOT NULL CHECK (checkers IN (0, 1)),
    processes INTEGER NOT NULL CHECK (processes IN (0, 1))
) STRICT;
