-- The work of an organisation on its cases: what happened (events, chained), and what follows from it (work, hands).
CREATE TABLE events (
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    number BIGINT NOT NULL,
    case_id BYTEA,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C",
    nonce BYTEA,
    leaf BYTEA NOT NULL,
    chain BYTEA NOT NULL,
    digest BYTEA,
    -- Last: what stands before it is read without it.
    sealed BYTEA,
    PRIMARY KEY (organisation, number)
);
CREATE INDEX events_of_case ON events (case_id, organisation, number) WHERE case_id IS NOT NULL;

CREATE TABLE work (
    case_id BYTEA NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    state TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, organisation)
);

CREATE TABLE hands (
    case_id BYTEA NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    member BYTEA NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (case_id, organisation, member)
);
CREATE INDEX hands_of_member ON hands (member, place, case_id);

ALTER TABLE access ADD COLUMN status TEXT COLLATE "C" NOT NULL DEFAULT 'new';
ALTER TABLE access ADD COLUMN owner BYTEA;
ALTER TABLE access ADD COLUMN next_due BIGINT;
ALTER TABLE access ADD COLUMN waits_since BIGINT;
-- 4 << 40: who waits for an answer stands before it.
UPDATE access SET waits_since = CASE WHEN answered_at IS NULL THEN granted_at ELSE touched_at END
    WHERE place < 4398046511104;
CREATE INDEX untaken ON access (organisation, place, case_id) WHERE status = 'new' AND withdrawn_at IS NULL;
CREATE INDEX steps ON access (organisation, next_due, case_id) WHERE next_due IS NOT NULL AND withdrawn_at IS NULL;
