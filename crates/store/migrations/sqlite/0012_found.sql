-- How urgent staff found it, where they looked again: a line of the queue says it without reading the work.
ALTER TABLE access ADD COLUMN found TEXT;
UPDATE access SET found = (
    SELECT json_extract(w.state, '$.urgency') FROM work w
    WHERE w.case_id = access.case_id AND w.organisation = access.organisation
);
