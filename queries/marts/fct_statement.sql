-- Everything that a source says in figures, in one shape: observations, centre totals, awards and
-- event outcomes. The figure of a district, city or hospital is of that area, named first in its note.
-- A group of regions (`KR-27;KR-47`) is a region of its own: it cannot be split.
-- grain: one row per statement_id
-- reads: stg_observation, stg_centre_total, stg_award, stg_event_outcome, stg_event
WITH
centre_total AS (
    SELECT
        *,
        max(as_of) FILTER (WHERE NOT is_plan) OVER (PARTITION BY owner_region, year) AS last_as_of,
        max(as_of) FILTER (WHERE NOT is_plan AND country_count IS NOT NULL)
            OVER (PARTITION BY owner_region, year) AS last_country_as_of
    FROM stg_centre_total
),

centre_figure AS (
    SELECT
        if(is_plan, 'target_promotion_centres', 'promotion_centres') AS metric,
        if(is_plan OR as_of = last_as_of, 'annual', as_of) AS period,
        centre_count AS value,
        'centres' AS unit,
        *
    FROM centre_total
    UNION ALL BY NAME
    SELECT
        'promotion_centre_countries' AS metric,
        if(as_of = last_country_as_of, 'annual', as_of) AS period,
        country_count AS value,
        'countries' AS unit,
        *
    FROM centre_total
    WHERE country_count IS NOT NULL AND NOT is_plan
),

award_figure AS (
    SELECT
        'grant_krw' AS metric,
        grant_krw AS value,
        'krw' AS unit,
        *
    FROM stg_award
    WHERE grant_krw IS NOT NULL
    UNION ALL BY NAME
    SELECT
        'matched_krw' AS metric,
        matched_krw AS value,
        'krw' AS unit,
        *
    FROM stg_award
    WHERE matched_krw IS NOT NULL
    UNION ALL BY NAME
    SELECT
        'review_rank' AS metric,
        rank AS value,
        'rank' AS unit,
        *
    FROM stg_award
    WHERE rank IS NOT NULL
)

SELECT
    observation_id AS statement_id,
    metric,
    region,
    year,
    period,
    nationality,
    department,
    institution_class,
    NULL AS event_id,
    NULL AS programme_id,
    if(
        regexp_matches(metric, '_(subregion|hospital)$'),
        regexp_extract(note, '^(?:\d{4}-\d{4}; )?([^;,]+)', 1),
        NULL
    ) AS area,
    value,
    resolution,
    unit,
    NULL AS per,
    status,
    is_approximate,
    is_suspect,
    source_id,
    note,
    batch_id
FROM stg_observation
UNION ALL BY NAME
SELECT
    concat_ws('/', 'centre-total', owner_region, as_of, metric, s.source_id) AS statement_id,
    metric,
    owner_region AS region,
    year,
    period,
    value,
    0 AS resolution,
    unit,
    if(is_plan, 'target', 'final') AS status,
    FALSE AS is_approximate,
    FALSE AS is_suspect,
    s.source_id,
    note,
    batch_id
FROM centre_figure, unnest(source_ids) AS s (source_id) -- noqa: AL05
UNION ALL BY NAME
SELECT
    concat_ws('/', 'award', award_id, metric, s.source_id) AS statement_id,
    metric,
    region,
    year,
    'annual' AS period,
    programme_id,
    area,
    value,
    0 AS resolution,
    unit,
    'final' AS status,
    FALSE AS is_approximate,
    FALSE AS is_suspect,
    s.source_id,
    note,
    batch_id
FROM award_figure, unnest(source_ids) AS s (source_id)
UNION ALL BY NAME
SELECT
    concat_ws('/', 'outcome', o.event_id, o.outcome_line, s.source_id) AS statement_id,
    'event_' || o.measure AS metric,
    e.owner_region AS region,
    e.year,
    if(o.is_planned, 'planned', 'event') AS period,
    o.country AS nationality,
    o.event_id,
    o.value,
    o.resolution,
    o.unit,
    o.per,
    'final' AS status,
    o.is_approximate,
    FALSE AS is_suspect,
    s.source_id,
    o.note,
    o.batch_id
FROM stg_event_outcome AS o
INNER JOIN stg_event AS e ON o.event_id = e.event_id,
    unnest(o.source_ids) AS s (source_id)
