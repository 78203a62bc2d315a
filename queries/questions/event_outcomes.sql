-- What did an event announce and achieve, as total and by country, and who says so?
-- A row without country is the total or unspecified, one with a country is a part: never add both.
-- A figure per person or company is of one of them: it has no parts and enters no sum.
-- grain: one row per event, measure, country, unit, per and value
-- reads: fct_claim, dim_source
-- param: $event_id VARCHAR in dim_event.event_id = null. The event; null: every event.
-- returns: event_id VARCHAR
-- returns: measure VARCHAR
-- returns: country VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: per VARCHAR
-- returns: planned BOOLEAN
-- returns: approximate BOOLEAN
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: agreement VARCHAR
-- returns: printed_by BIGINT (publishers)
-- returns: part_count BIGINT (countries)
-- returns: part_sum DECIMAL (unit)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
outcome AS (
    SELECT
        c.event_id,
        c.metric,
        c.nationality,
        c.value,
        c.unit,
        c.per,
        c.period,
        bool_or(c.is_approximate) AS is_approximate,
        min(c.evidence) AS evidence,
        max(c.dissent_count) AS dissent_count,
        min_by(
            c.agreement,
            list_position(['chosen', 'same', 'rounded support', 'dissent'], c.agreement)
        ) AS agreement,
        count(DISTINCT s.publisher_name) FILTER (WHERE NOT s.is_coordinates_only)
            AS publisher_count,
        min(c.note) AS note,
        list_sort(list(DISTINCT c.source_id)) AS source_ids
    FROM fct_claim AS c
    INNER JOIN dim_source AS s ON c.source_id = s.source_id
    WHERE c.event_id = coalesce($event_id, c.event_id)
    GROUP BY c.event_id, c.metric, c.nationality, c.value, c.unit, c.per, c.period
),

part AS (
    SELECT
        event_id,
        metric,
        unit,
        period,
        count(*) AS part_count,
        sum(value) AS part_sum
    FROM outcome
    WHERE nationality IS NOT NULL AND agreement = 'chosen' AND per IS NULL
    GROUP BY ALL
)

SELECT
    o.event_id,
    replace(o.metric, 'event_', '') AS measure,
    o.nationality AS country,
    o.value,
    o.unit,
    o.per,
    o.period = 'planned' AS planned,
    o.is_approximate AS approximate,
    o.evidence,
    o.dissent_count,
    o.agreement,
    o.publisher_count AS printed_by,
    if(o.nationality IS NULL, p.part_count, NULL) AS part_count,
    if(o.nationality IS NULL, p.part_sum, NULL) AS part_sum,
    o.note,
    o.source_ids
FROM outcome AS o
LEFT JOIN part AS p
    ON
        o.event_id = p.event_id
        AND o.metric = p.metric
        AND o.unit = p.unit
        AND o.period = p.period
        AND o.per IS NULL
ORDER BY
    o.event_id,
    planned,
    list_position(['buyers', 'attendees', 'exhibitors', 'consultations'], measure) NULLS LAST,
    measure, country NULLS FIRST, o.value DESC
