-- What was forgotten on purpose: a backup that is older than a line must not bring it back (src/forgotten.rs).
-- `whose` is a hash over a secret of this house and an id, so that no erased id stands here.
CREATE TABLE forgotten (
    number BIGINT NOT NULL PRIMARY KEY,
    what TEXT COLLATE "C" NOT NULL,
    whose BYTEA NOT NULL,
    holder TEXT COLLATE "C",
    epoch BIGINT,
    at BIGINT NOT NULL
);
