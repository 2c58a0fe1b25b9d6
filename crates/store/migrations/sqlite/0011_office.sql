-- What an organisation decides for itself: shorter clocks, who is told when nobody looks, teams, answer templates.
ALTER TABLE organisations ADD COLUMN clocks TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN duty_contacts TEXT NOT NULL DEFAULT '';
-- Since when somebody has left who knew the organisation's key; none once it was made anew.
ALTER TABLE organisations ADD COLUMN keys_due BIGINT;

-- The keys that an organisation had before, each sealed to the one that came after it.
CREATE TABLE organisation_keys (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    number BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- How far its grants were sealed anew: the last case; none once that is done.
    walked BLOB,
    sealed BLOB NOT NULL,
    PRIMARY KEY (organisation, number)
);

CREATE TABLE teams (
    id BLOB PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX teams_of_organisation ON teams (organisation);

CREATE TABLE team_members (
    team BLOB NOT NULL REFERENCES teams (id),
    member BLOB NOT NULL REFERENCES members (id),
    PRIMARY KEY (team, member)
) WITHOUT ROWID;
CREATE INDEX teams_of_member ON team_members (member);

CREATE TABLE templates (
    id BLOB PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    vi TEXT NOT NULL,
    en TEXT NOT NULL,
    at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX templates_of_organisation ON templates (organisation);

-- When the duty contacts were told that nobody had opened it; the team that has it; since when a second pair of eyes is
-- waited for.
ALTER TABLE access ADD COLUMN alarmed_at BIGINT;
ALTER TABLE access ADD COLUMN team BLOB;
ALTER TABLE access ADD COLUMN close_asked_at BIGINT;
CREATE INDEX loads ON access (organisation, owner, next_due) WHERE next_due IS NOT NULL AND withdrawn_at IS NULL;
CREATE INDEX stepless ON access (organisation, case_id)
    WHERE next_due IS NULL AND withdrawn_at IS NULL AND status IN ('open', 'waiting', 'reopened');
CREATE INDEX second_eyes ON access (organisation, close_asked_at, case_id)
    WHERE close_asked_at IS NOT NULL AND withdrawn_at IS NULL;
CREATE INDEX cases_of_team ON access (organisation, team, place, case_id)
    WHERE team IS NOT NULL AND withdrawn_at IS NULL;
