-- Which institutions do the sources of an event name?
-- A source may tell of more than the event, so not every one of them need have taken part.
-- grain: one row per institution_id
-- reads: dim_event, dim_institution
-- param: $event_id VARCHAR in dim_event.event_id. The event.
-- returns: institution_id VARCHAR
-- returns: name VARCHAR
-- returns: institution_kind VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: source_ids VARCHAR[]
WITH reporting AS (
    SELECT source_ids
    FROM dim_event
    WHERE event_id = $event_id
)

SELECT
    i.institution_id,
    coalesce(i.name_en, i.name_ko) AS name,
    i.kind AS institution_kind,
    i.city,
    i.country,
    list_sort(list_intersect(i.source_ids, r.source_ids)) AS source_ids
FROM dim_institution AS i, reporting AS r
WHERE list_has_any(i.source_ids, r.source_ids)
ORDER BY i.country = 'KR' DESC, institution_kind, i.institution_id
