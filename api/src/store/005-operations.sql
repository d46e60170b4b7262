-- What takes long and goes on after its request was answered, the newest last.
CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    module TEXT NOT NULL,
    running INTEGER NOT NULL,
    -- JSON, as the API shows it
    document TEXT NOT NULL
) STRICT;
CREATE INDEX operations_module ON operations (module, id);
