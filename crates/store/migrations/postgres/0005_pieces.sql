-- The pieces of sealed files that lie in a storage (S3), an object each; of files in a folder none.
CREATE TABLE pieces (
    file BYTEA NOT NULL,
    start BIGINT NOT NULL,
    length BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    PRIMARY KEY (file, start)
);
