-- Which agreements and contracts with a country does the record know?
-- An event that is itself an agreement has no value unless a source counts the papers signed.
-- grain: one row per event_id, measure and per
-- reads: fct_claim, dim_event
-- param: $country VARCHAR in dim_country.country. ISO 3166-1 alpha-2.
-- returns: event_id VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: owner_region VARCHAR
-- returns: event_status VARCHAR
-- returns: host VARCHAR
-- returns: measure VARCHAR
-- returns: value DECIMAL (agreements)
-- returns: per VARCHAR
-- returns: planned BOOLEAN
-- returns: approximate BOOLEAN
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH signed AS (
    SELECT *
    FROM fct_claim
    WHERE
        is_settled
        AND event_id IS NOT NULL
        AND metric IN ('event_mous', 'event_contracts', 'event_joint_ventures')
)

SELECT
    e.event_id,
    e.title,
    e.start_on,
    e.owner_region,
    e.status AS event_status,
    e.host,
    coalesce(replace(s.metric, 'event_', ''), 'mous') AS measure,
    s.value,
    s.per,
    coalesce(s.period = 'planned', FALSE) AS planned,
    coalesce(s.is_approximate, FALSE) AS approximate,
    coalesce(s.evidence, 'no data') AS evidence,
    coalesce(s.dissent_count, 0) AS dissent_count,
    coalesce(s.note, e.note) AS note,
    e.source_ids
FROM dim_event AS e
LEFT JOIN signed AS s
    ON
        e.event_id = s.event_id
        AND (s.nationality = $country OR (s.nationality IS NULL AND e.country = $country))
WHERE s.metric IS NOT NULL OR (e.country = $country AND e.event_type = 'mou')
ORDER BY e.start_on DESC NULLS LAST, e.event_id, measure, planned
