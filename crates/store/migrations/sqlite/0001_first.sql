-- Every column is listed in docs/clear.md with who sets it and why; a test compares.
-- Times are seconds since 1970. Sealed columns hold age files that this server can't open.

CREATE TABLE house (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    about_vi TEXT NOT NULL,
    about_en TEXT NOT NULL,
    law_vi TEXT NOT NULL,
    law_en TEXT NOT NULL,
    hours TEXT NOT NULL,
    provinces TEXT NOT NULL,
    questions TEXT NOT NULL,
    recipient TEXT,
    notice_email TEXT,
    webhook_url TEXT,
    webhook_key BLOB,
    added_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE TABLE members (
    id BLOB PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    recipient TEXT NOT NULL,
    salt BLOB NOT NULL,
    sign_in BLOB NOT NULL,
    totp BLOB,
    totp_step BIGINT NOT NULL DEFAULT 0,
    added_at BIGINT NOT NULL,
    UNIQUE (organisation, name)
);

-- Her identity, wrapped by her passphrase ('passphrase') and by each passkey (beginning of its id), and the
-- organisation's identity, sealed to her ('organisation'). Here and in grants a sealed key lies on a page of its own, or
-- erasing it would not be sure (src/erasable.rs): no wide column may be added to these two.
CREATE TABLE member_keys (
    member BLOB NOT NULL REFERENCES members (id),
    what TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (member, what)
);

CREATE TABLE passkeys (
    id BLOB PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id),
    credential TEXT NOT NULL,
    prf_salt BLOB NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX passkeys_of_member ON passkeys (member);

CREATE TABLE invitations (
    hash BLOB PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_member ON sessions (member);

CREATE TABLE cases (
    id BLOB PRIMARY KEY,
    locator BLOB UNIQUE,
    verifier BLOB NOT NULL,
    receipt_version BIGINT NOT NULL,
    receipt_recipient TEXT NOT NULL,
    receipt_verify_key BLOB NOT NULL,
    recipient TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    audience TEXT,
    harm TEXT,
    urgency TEXT,
    age TEXT,
    sex TEXT,
    province TEXT,
    language TEXT,
    received_at BIGINT NOT NULL,
    closed_at BIGINT,
    locked_at BIGINT,
    erase_due BIGINT
);
CREATE INDEX erasures ON cases (erase_due) WHERE erase_due IS NOT NULL;

-- One organisation's way into one case.
CREATE TABLE access (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    case_id BLOB NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    opened_at BIGINT,
    answered_at BIGINT,
    news BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (case_id, organisation)
) WITHOUT ROWID;
CREATE INDEX inbox ON access (organisation, place, case_id) WHERE withdrawn_at IS NULL;
-- How fast an organisation answers is shown on its card.
CREATE INDEX answers ON access (organisation, answered_at, granted_at) WHERE answered_at IS NOT NULL;

-- The case identity of one epoch, sealed to the receipt ('receipt') or to an organisation.
CREATE TABLE grants (
    case_id BLOB NOT NULL,
    holder TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (case_id, holder, epoch)
);

CREATE TABLE entries (
    case_id BLOB NOT NULL,
    number BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    leaf BLOB NOT NULL,
    -- Last: what stands before it is read without it.
    sealed BLOB NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE UNIQUE INDEX entry_leaves ON entries (case_id, leaf);

CREATE TABLE files (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL,
    entry BIGINT,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    touched_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_of_case ON files (case_id);
CREATE INDEX loose_files ON files (touched_at) WHERE entry IS NULL;

-- Sealed files that nothing names any more and that still have to be removed from the folder.
CREATE TABLE removals (
    file BLOB PRIMARY KEY
) WITHOUT ROWID;

-- Who opened what: organisation and role, never a name.
CREATE TABLE openings (
    case_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX openings_of_case ON openings (case_id, at);

-- What is left of an erased case.
CREATE TABLE tombstones (
    month TEXT NOT NULL,
    harm TEXT NOT NULL,
    cases BIGINT NOT NULL,
    PRIMARY KEY (month, harm)
) WITHOUT ROWID;
