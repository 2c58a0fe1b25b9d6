-- The layout of SQLite's first two migrations (../sqlite), in PostgreSQL's words; a test compares the columns. Numbers of
-- layouts are the same on both, so this one begins at 2.
-- Every column is listed in docs/clear.md with who sets it and why; a test compares.
-- Times are seconds since 1970. Sealed columns hold age files that this server can't open.
-- COLLATE "C": texts are compared and put in order by their bytes, as SQLite does it, whatever the server's language.

CREATE TABLE house (
    name TEXT COLLATE "C" PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE organisations (
    id TEXT COLLATE "C" PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    name_vi TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    about_vi TEXT COLLATE "C" NOT NULL,
    about_en TEXT COLLATE "C" NOT NULL,
    law_vi TEXT COLLATE "C" NOT NULL,
    law_en TEXT COLLATE "C" NOT NULL,
    hours TEXT COLLATE "C" NOT NULL,
    provinces TEXT COLLATE "C" NOT NULL,
    questions TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C",
    notice_email TEXT COLLATE "C",
    webhook_url TEXT COLLATE "C",
    webhook_key BYTEA,
    added_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE TABLE members (
    id BYTEA PRIMARY KEY,
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    salt BYTEA NOT NULL,
    sign_in BYTEA NOT NULL,
    totp BYTEA,
    totp_step BIGINT NOT NULL DEFAULT 0,
    added_at BIGINT NOT NULL,
    UNIQUE (organisation, name)
);

-- Her identity, wrapped by her passphrase ('passphrase') and by each passkey (beginning of its id), and the
-- organisation's identity, sealed to her ('organisation'). Keys that go are vacuumed from here and from grants
-- (src/database/postgres.rs).
CREATE TABLE member_keys (
    member BYTEA NOT NULL REFERENCES members (id),
    what TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (member, what)
);

CREATE TABLE passkeys (
    id BYTEA PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id),
    credential TEXT COLLATE "C" NOT NULL,
    prf_salt BYTEA NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX passkeys_of_member ON passkeys (member);

CREATE TABLE invitations (
    hash BYTEA PRIMARY KEY,
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    role TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash BYTEA PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_member ON sessions (member);

CREATE TABLE cases (
    id BYTEA PRIMARY KEY,
    locator BYTEA UNIQUE,
    verifier BYTEA NOT NULL,
    receipt_version BIGINT NOT NULL,
    receipt_recipient TEXT COLLATE "C" NOT NULL,
    receipt_verify_key BYTEA NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    audience TEXT COLLATE "C",
    harm TEXT COLLATE "C",
    urgency TEXT COLLATE "C",
    age TEXT COLLATE "C",
    sex TEXT COLLATE "C",
    province TEXT COLLATE "C",
    language TEXT COLLATE "C",
    received_at BIGINT NOT NULL,
    closed_at BIGINT,
    locked_at BIGINT,
    erase_due BIGINT
);
CREATE INDEX erasures ON cases (erase_due) WHERE erase_due IS NOT NULL;

-- One organisation's way into one case.
CREATE TABLE access (
    organisation TEXT COLLATE "C" NOT NULL REFERENCES organisations (id),
    case_id BYTEA NOT NULL,
    place BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    granted_at BIGINT NOT NULL,
    opened_at BIGINT,
    answered_at BIGINT,
    news BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (case_id, organisation)
);
CREATE INDEX inbox ON access (organisation, place, case_id) WHERE withdrawn_at IS NULL;
-- How fast an organisation answers is shown on its card.
CREATE INDEX answers ON access (organisation, answered_at, granted_at) WHERE answered_at IS NOT NULL;

-- The case identity of one epoch, sealed to the receipt ('receipt') or to an organisation.
CREATE TABLE grants (
    case_id BYTEA NOT NULL,
    holder TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (case_id, holder, epoch)
);

CREATE TABLE entries (
    case_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    leaf BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (case_id, number)
);
-- What is sealed can't be squeezed; trying costs time.
ALTER TABLE entries ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX entry_leaves ON entries (case_id, leaf);

CREATE TABLE files (
    id BYTEA PRIMARY KEY,
    case_id BYTEA NOT NULL,
    entry BIGINT,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    touched_at BIGINT NOT NULL
);
CREATE INDEX files_of_case ON files (case_id);
CREATE INDEX loose_files ON files (touched_at) WHERE entry IS NULL;

-- Sealed files that nothing names any more and that still have to be removed from the folder.
CREATE TABLE removals (
    file BYTEA PRIMARY KEY
);

-- Who opened what: organisation and role, never a name.
CREATE TABLE openings (
    case_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL
);
CREATE INDEX openings_of_case ON openings (case_id, at);

-- What is left of an erased case.
CREATE TABLE tombstones (
    month TEXT COLLATE "C" NOT NULL,
    harm TEXT COLLATE "C" NOT NULL,
    cases BIGINT NOT NULL,
    PRIMARY KEY (month, harm)
);
-- Whether an organisation must be told that something new is there.
CREATE INDEX news ON access (organisation) WHERE news = 1 AND withdrawn_at IS NULL;
