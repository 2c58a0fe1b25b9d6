-- Receipts that were put in the place of older ones: behind which line of what was forgotten. With it whoever keeps the
-- lines finds what the new words open, and keeps that beside them (src/replaced.rs).
CREATE TABLE replaced (
    case_id BYTEA NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE
);
