-- What each tally of region and year is made of: settled outcomes of held events, the events
-- themselves, and the grants of the cluster line. Planned figures never enter; a value without
-- country is the total, otherwise the countries are its parts; a figure
-- per person or company is no part of a sum; an undated event has no year.
-- Every tally says whether its items may be added up (is_additive); a rank may not.
-- grain: one row per metric, region, year, item_id and cell_id
-- reads: fct_claim, dim_event, dim_programme, stg_award
WITH
outcome AS (
    SELECT
        *,
        nationality IS NULL AS is_total,
        bool_or(nationality IS NULL) OVER (PARTITION BY event_id, metric, unit) AS has_total
    FROM fct_claim
    WHERE is_settled AND period = 'event' AND year IS NOT NULL AND per IS NULL
),

part AS (
    SELECT
        CASE
            WHEN o.metric IN ('event_mous', 'event_contracts', 'event_joint_ventures')
                THEN 'event_agreements'
            ELSE o.metric
        END AS metric,
        o.region,
        o.year,
        o.event_id AS item_id,
        o.value,
        if(o.unit IN ('agreements', 'contracts'), 'cases', o.unit) AS unit,
        o.evidence,
        o.is_approximate,
        if(o.is_approximate, o.resolution / 2, 0) AS half_unit,
        o.dissent_count,
        TRUE AS is_additive,
        o.cell_id
    FROM outcome AS o
    INNER JOIN dim_event AS e ON o.event_id = e.event_id AND e.is_held
    WHERE
        o.is_total = o.has_total
        AND (
            (o.metric = 'event_buyers' AND o.unit = 'buyers')
            OR (o.metric = 'event_consultations' AND o.unit = 'sessions')
            OR (
                o.metric IN ('event_patients_consulted', 'event_reservations')
                AND o.unit = 'persons'
            )
            OR (
                o.metric IN ('event_mous', 'event_contracts', 'event_joint_ventures')
                AND o.unit IN ('agreements', 'contracts')
            )
        )
),

event_held AS (
    SELECT
        'events_held' AS metric,
        owner_region AS region,
        year,
        event_id AS item_id,
        1 AS value,
        'events' AS unit,
        'counted' AS evidence,
        FALSE AS is_approximate,
        0 AS half_unit,
        0 AS dissent_count,
        TRUE AS is_additive,
        NULL AS cell_id
    FROM dim_event
    WHERE is_held AND year IS NOT NULL
),

cluster_grant AS (
    SELECT
        'cluster_grant_krw' AS metric,
        c.region,
        c.year,
        c.programme_id AS item_id,
        c.value,
        c.unit,
        c.evidence,
        c.is_approximate,
        if(c.is_approximate, c.resolution / 2, 0) AS half_unit,
        c.dissent_count,
        TRUE AS is_additive,
        c.cell_id
    FROM fct_claim AS c
    INNER JOIN dim_programme AS p ON c.programme_id = p.programme_id AND p.is_cluster_line
    WHERE c.is_settled AND c.metric = 'grant_krw' AND c.area IS NULL
),

last_year AS (
    SELECT max(year) AS year FROM stg_award
),

cumulative_grant AS (
    SELECT
        'cluster_grant_cumulative_krw' AS metric,
        g.region,
        cast(y.year AS INTEGER) AS year,
        g.item_id || '/' || g.year AS item_id,
        g.value,
        g.unit,
        g.evidence,
        g.is_approximate,
        g.half_unit,
        g.dissent_count,
        TRUE AS is_additive,
        g.cell_id
    FROM cluster_grant AS g, last_year AS l, range(g.year, l.year + 1) AS y (year)
),

review_rank AS (
    SELECT
        'review_rank' AS metric,
        c.region,
        c.year,
        c.programme_id AS item_id,
        c.value,
        c.unit,
        c.evidence,
        c.is_approximate,
        if(c.is_approximate, c.resolution / 2, 0) AS half_unit,
        c.dissent_count,
        FALSE AS is_additive,
        c.cell_id
    FROM fct_claim AS c
    INNER JOIN dim_programme AS p ON c.programme_id = p.programme_id AND p.is_cluster_line
    WHERE c.is_settled AND c.metric = 'review_rank'
)

FROM part
UNION ALL BY NAME
FROM event_held
UNION ALL BY NAME
FROM cluster_grant
UNION ALL BY NAME
FROM cumulative_grant
UNION ALL BY NAME
FROM review_rank
