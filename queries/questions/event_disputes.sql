-- Which disagreements concern an event or the sources that report it?
-- grain: one row per dispute_id
-- reads: dim_event, dim_dispute, dim_source
-- param: $event_id VARCHAR in dim_event.event_id. The event.
-- returns: dispute_id VARCHAR
-- returns: subject VARCHAR
-- returns: statement_a VARCHAR
-- returns: statement_b VARCHAR
-- returns: reading VARCHAR
-- returns: source_ids VARCHAR[]
WITH reporting AS (
    SELECT list(s.source_id) AS source_ids
    FROM dim_event AS e, unnest(e.source_ids) AS u (source_id)
    INNER JOIN dim_source AS s ON u.source_id = s.source_id AND NOT s.is_coordinates_only
    WHERE e.event_id = $event_id
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
