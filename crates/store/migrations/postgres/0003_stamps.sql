-- Roots of evidence packages whose time-stamp is waited for or fetched; a day at most. Nothing ties them to anybody.
CREATE TABLE stamps (
    root BYTEA PRIMARY KEY,
    signed BYTEA NOT NULL,
    response BYTEA,
    tries BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX stamps_due ON stamps (due_at) WHERE response IS NULL;

-- The head of a case's log as she saw it last, sealed to the case: her device compares at each visit.
ALTER TABLE cases ADD COLUMN seen BYTEA;
