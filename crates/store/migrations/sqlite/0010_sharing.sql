-- Cases that were made for another organisation hang on the one that they were made out of (parent); paper: the mark of
-- the sheet that a case was entered from.
ALTER TABLE cases ADD COLUMN parent BLOB;
ALTER TABLE cases ADD COLUMN referral BLOB;
ALTER TABLE cases ADD COLUMN members_only BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN receipt_known BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN paper BLOB;
CREATE INDEX children ON cases (parent) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX papers ON cases (paper) WHERE paper IS NOT NULL;
-- When the next consent or referral ends by the clock.
ALTER TABLE access ADD COLUMN ends_at BIGINT;
CREATE INDEX endings ON access (ends_at) WHERE ends_at IS NOT NULL;
