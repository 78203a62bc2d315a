-- What was announced of an event, and what is reported of it, side by side?
-- A row without country is the total or unspecified, one with a country is a part: never add both.
-- A figure per person or company is of one of them: it has no parts and enters no sum.
-- grain: one row per measure, unit, per and country
-- reads: fct_claim
-- param: $event_id VARCHAR in dim_event.event_id. The event.
-- returns: measure VARCHAR
-- returns: country VARCHAR
-- returns: is_part BOOLEAN
-- returns: unit VARCHAR
-- returns: per VARCHAR
-- returns: planned_value DECIMAL (unit)
-- returns: planned_is_approximate BOOLEAN
-- returns: planned_evidence VARCHAR
-- returns: planned_printed_by BIGINT (publishers)
-- returns: planned_dissent_count BIGINT (claims)
-- returns: planned_note VARCHAR
-- returns: reported_value DECIMAL (unit)
-- returns: reported_is_approximate BOOLEAN
-- returns: reported_evidence VARCHAR
-- returns: reported_printed_by BIGINT (publishers)
-- returns: reported_dissent_count BIGINT (claims)
-- returns: reported_note VARCHAR
-- returns: reported_of_planned_pct DOUBLE (%)
-- returns: reported_part_count BIGINT (countries)
-- returns: reported_part_sum DECIMAL (unit)
-- returns: source_ids VARCHAR[]
WITH
cell_source AS (
    SELECT
        cell_id,
        list(DISTINCT source_id) AS source_ids
    FROM fct_claim
    WHERE event_id = $event_id
    GROUP BY cell_id
),

settled AS (
    SELECT
        c.metric,
        c.unit,
        c.per,
        c.nationality,
        c.period,
        c.value,
        c.is_approximate,
        c.evidence,
        c.printed_by,
        c.dissent_count,
        c.note,
        s.source_ids
    FROM fct_claim AS c
    INNER JOIN cell_source AS s ON c.cell_id = s.cell_id
    WHERE c.event_id = $event_id AND c.is_settled
),

line AS (
    SELECT DISTINCT
        metric,
        unit,
        per,
        nationality
    FROM settled
),

part AS (
    SELECT
        metric,
        unit,
        count(*) AS part_count,
        sum(value) AS part_sum
    FROM settled
    WHERE nationality IS NOT NULL AND period = 'event' AND per IS NULL
    GROUP BY metric, unit
)

SELECT
    replace(l.metric, 'event_', '') AS measure,
    l.nationality AS country,
    l.nationality IS NOT NULL
    AND l.per IS NULL
    AND bool_or(l.nationality IS NULL) OVER (PARTITION BY l.metric, l.unit, l.per) AS is_part,
    l.unit,
    l.per,
    p.value AS planned_value,
    p.is_approximate AS planned_is_approximate,
    p.evidence AS planned_evidence,
    p.printed_by AS planned_printed_by,
    p.dissent_count AS planned_dissent_count,
    p.note AS planned_note,
    r.value AS reported_value,
    r.is_approximate AS reported_is_approximate,
    r.evidence AS reported_evidence,
    r.printed_by AS reported_printed_by,
    r.dissent_count AS reported_dissent_count,
    r.note AS reported_note,
    100 * cast(r.value AS DOUBLE) / nullif(cast(p.value AS DOUBLE), 0) AS reported_of_planned_pct,
    if(l.nationality IS NULL, t.part_count, NULL) AS reported_part_count,
    if(l.nationality IS NULL, t.part_sum, NULL) AS reported_part_sum,
    list_sort(
        list_distinct(list_concat(coalesce(p.source_ids, []), coalesce(r.source_ids, [])))
    ) AS source_ids
FROM line AS l
LEFT JOIN settled AS p
    ON
        l.metric = p.metric
        AND l.unit = p.unit
        AND l.per IS NOT DISTINCT FROM p.per
        AND l.nationality IS NOT DISTINCT FROM p.nationality
        AND p.period = 'planned'
LEFT JOIN settled AS r
    ON
        l.metric = r.metric
        AND l.unit = r.unit
        AND l.per IS NOT DISTINCT FROM r.per
        AND l.nationality IS NOT DISTINCT FROM r.nationality
        AND r.period = 'event'
LEFT JOIN part AS t ON l.metric = t.metric AND l.unit = t.unit AND l.per IS NULL
ORDER BY
    list_position(
        [
            'attendees', 'consultations', 'patients_consulted', 'inquiries', 'reservations',
            'mous', 'contracts', 'joint_ventures', 'patients', 'buyers', 'exhibitors'
        ],
        measure
    ) NULLS LAST,
    measure,
    l.unit,
    l.per NULLS FIRST,
    country NULLS FIRST
