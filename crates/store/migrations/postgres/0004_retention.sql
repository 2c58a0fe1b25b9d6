-- How long an organisation keeps a report after the last entry; none: until somebody erases it.
ALTER TABLE organisations ADD COLUMN retention_days BIGINT;
-- When the last entry was written, whoever wrote it; why it must be kept longer, and since when; when its time ran out.
ALTER TABLE access ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN hold TEXT COLLATE "C";
ALTER TABLE access ADD COLUMN held_at BIGINT;
ALTER TABLE access ADD COLUMN ran_out_at BIGINT;
UPDATE access SET touched_at = COALESCE((SELECT MAX(e.at) FROM entries e WHERE e.case_id = access.case_id), granted_at);
CREATE INDEX held ON access (organisation, held_at) WHERE hold IS NOT NULL;
CREATE INDEX retention ON access (organisation, touched_at) WHERE withdrawn_at IS NULL AND hold IS NULL;
