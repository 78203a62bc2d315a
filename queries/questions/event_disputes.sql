-- Which disagreements concern an event or the sources that report it?
-- grain: one row per dispute_id
-- reads: dim_event, dim_dispute
-- param: $event_id VARCHAR in dim_event.event_id. The event.
-- returns: dispute_id VARCHAR
-- returns: subject VARCHAR
-- returns: statement_a VARCHAR
-- returns: statement_b VARCHAR
-- returns: reading VARCHAR
-- returns: source_ids VARCHAR[]
WITH reporting AS (
    SELECT source_ids
    FROM dim_event
    WHERE event_id = $event_id
)

SELECT
    d.dispute_id,
    d.subject,
    d.statement_a,
    d.statement_b,
    d.reading,
    d.source_ids
FROM dim_dispute AS d, reporting AS r
WHERE list_has_any(d.source_ids, r.source_ids)
ORDER BY d.dispute_id
