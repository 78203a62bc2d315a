-- What came of the events in a country and of those with guests from there, as settled?
-- Figures of an event in the country stand as printed, in total or for a country. Of events elsewhere
-- only the part of the country is shown. Announced figures are no results: never add the two.
-- grain: one row per event_id, measure, unit, per, nationality and planned
-- reads: fct_claim, dim_event
-- param: $country VARCHAR in dim_country.country. ISO 3166-1 alpha-2.
-- returns: event_id VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: owner_region VARCHAR
-- returns: measure VARCHAR
-- returns: nationality VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: per VARCHAR
-- returns: planned BOOLEAN
-- returns: approximate BOOLEAN
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH cell_source AS (
    SELECT
        cell_id,
        list_sort(list(DISTINCT source_id)) AS source_ids
    FROM fct_claim
    WHERE event_id IS NOT NULL AND agreement IN ('chosen', 'same')
    GROUP BY cell_id
)

SELECT
    e.event_id,
    e.title,
    e.start_on,
    e.owner_region,
    replace(c.metric, 'event_', '') AS measure,
    c.nationality,
    c.value,
    c.unit,
    c.per,
    c.period = 'planned' AS planned,
    c.is_approximate AS approximate,
    c.evidence,
    c.dissent_count,
    c.note,
    s.source_ids
FROM fct_claim AS c
INNER JOIN dim_event AS e ON c.event_id = e.event_id
INNER JOIN cell_source AS s ON c.cell_id = s.cell_id
WHERE
    c.is_settled
    AND (
        c.nationality = $country
        OR (e.country = $country AND c.nationality IS NULL)
    )
ORDER BY e.start_on DESC NULLS LAST, e.event_id, planned, measure, c.nationality NULLS FIRST
