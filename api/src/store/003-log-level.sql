-- Lines that tell more than an operator reads every day are told apart.
ALTER TABLE module_log ADD COLUMN level TEXT NOT NULL DEFAULT 'normal'
    CHECK (level IN ('normal', 'verbose'));
