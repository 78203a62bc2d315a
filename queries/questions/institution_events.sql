-- In which events did an institution take part, as what, and which are told of by the same sources?
-- A source may tell of more than an event: without a role it need not have taken part.
-- grain: one row per event_id
-- reads: fct_institution_mention, fct_event_participant, dim_event
-- param: $institution_id VARCHAR in dim_institution.institution_id. The institution.
-- returns: event_id VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: is_date_inferred BOOLEAN
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: owner_region VARCHAR
-- returns: event_status VARCHAR
-- returns: has_taken_part BOOLEAN
-- returns: roles VARCHAR[]
-- returns: source_ids VARCHAR[]
WITH role AS (
    SELECT
        event_id,
        list_sort(list_distinct(list(participant_role))) AS roles
    FROM fct_event_participant
    WHERE institution_id = $institution_id
    GROUP BY event_id
)

SELECT
    e.event_id,
    e.title,
    e.start_on,
    e.is_date_inferred,
    e.city_en AS city,
    e.country,
    e.owner_region,
    e.status AS event_status,
    m.mention_kind = 'event' AS has_taken_part,
    coalesce(r.roles, []) AS roles,
    e.source_ids
FROM fct_institution_mention AS m
INNER JOIN dim_event AS e ON m.thing_id = e.event_id
LEFT JOIN role AS r ON e.event_id = r.event_id
WHERE m.institution_id = $institution_id AND m.mention_kind IN ('event', 'source')
ORDER BY has_taken_part DESC, e.start_on DESC NULLS LAST, e.event_id
