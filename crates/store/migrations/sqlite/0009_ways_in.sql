-- Members who sign in by the account of their organisation's own provider (OpenID Connect): a hash over the provider's
-- name and the word by which it calls her, so that neither stands here.
CREATE TABLE accounts (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    who BLOB NOT NULL,
    member BLOB NOT NULL REFERENCES members (id),
    PRIMARY KEY (organisation, who)
) WITHOUT ROWID;
CREATE INDEX accounts_of_member ON accounts (member);
-- Of an invitation that somebody got by signing in with such an account: whose.
ALTER TABLE invitations ADD COLUMN who BLOB;
-- How a session began: 'passphrase', 'passkey', 'account'; and whether an organisation wants its administrators to come
-- by passkey.
ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'passphrase';
ALTER TABLE organisations ADD COLUMN admin_passkey BIGINT NOT NULL DEFAULT 0;

-- Programs of an organisation that read by themselves: the hash of a token, what it may read, until when.
CREATE TABLE tokens (
    hash BLOB PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
) WITHOUT ROWID;
CREATE INDEX tokens_of_organisation ON tokens (organisation, made_at);
