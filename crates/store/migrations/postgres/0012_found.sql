-- How urgent staff found it, where they looked again: a line of the queue says it without reading the work.
ALTER TABLE access ADD COLUMN found TEXT COLLATE "C";
UPDATE access SET found = w.state::json ->> 'urgency'
    FROM work w WHERE w.case_id = access.case_id AND w.organisation = access.organisation;
