-- Whether an organisation must be told that something new is there.
CREATE INDEX news ON access (organisation) WHERE news = 1 AND withdrawn_at IS NULL;
